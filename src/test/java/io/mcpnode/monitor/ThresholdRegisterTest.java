package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.MonitorProtocol.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdRegisterTest {

  private static final Thresholds CONFIGURED = new Thresholds(3, 1000, 3);

  private static ThresholdRegister register(String self) {
    return new ThresholdRegister(self, CONFIGURED);
  }

  @Test
  void whatOneNodeConfiguresIsNoSettingForTheOthers() {
    ThresholdRegister one = register("n1");
    ThresholdRegister other = new ThresholdRegister("n2", new Thresholds(9, 9, 9));
    assertThat(one.learn(other.setting())).isFalse();
    assertThat(one.thresholds()).isEqualTo(CONFIGURED);
  }

  @Test
  void whatIsSetAtOneNodeIsLearnedByAnotherOnce() {
    ThresholdRegister one = register("n1");
    ThresholdRegister other = register("n2");
    Setting set = one.set(new Thresholds(5, 1000, 3));
    assertThat(other.learn(set)).isTrue();
    assertThat(other.learn(set)).isFalse();
    assertThat(other.thresholds()).isEqualTo(new Thresholds(5, 1000, 3));
    assertThat(other.set(CONFIGURED).version()).isEqualTo(2);
    assertThat(one.learn(other.setting())).isTrue();
    assertThat(one.thresholds()).isEqualTo(CONFIGURED);
  }

  @Test
  void allOrdersOfHearingEndInTheSame() {
    List<Setting> settings = new ArrayList<>();
    for (String author : List.of("n1", "n2", "n3")) {
      ThresholdRegister register = register(author);
      settings.add(register.set(new Thresholds(author.charAt(1) - '0', 1, 1)));
      settings.add(register.set(new Thresholds(10 + author.charAt(1) - '0', 1, 1)));
    }
    for (List<Setting> order : permutations(settings)) {
      ThresholdRegister hears = register("n0");
      order.forEach(hears::learn);
      assertThat(hears.thresholds()).isEqualTo(new Thresholds(13, 1, 1));
    }
  }

  private static List<List<Setting>> permutations(List<Setting> all) {
    if (all.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Setting>> permutations = new ArrayList<>();
    for (Setting first : all) {
      List<Setting> rest = new ArrayList<>(all);
      rest.remove(first);
      for (List<Setting> tail : permutations(rest)) {
        List<Setting> whole = new ArrayList<>(List.of(first));
        whole.addAll(tail);
        permutations.add(whole);
      }
    }
    return permutations;
  }
}
