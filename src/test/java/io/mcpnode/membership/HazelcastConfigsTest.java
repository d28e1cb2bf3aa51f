package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.properties.ClusterProperty;
import io.mcpnode.wire.NodeId;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HazelcastConfigsTest {

  private final Config config =
      HazelcastConfigs.of(
          TestNodes.config(5701, "my cookie", 5702).cluster(),
          "127.0.0.1",
          new Attributes(new NodeId("n1", 5), "1.0", 8080, 99));

  @Test
  void theNameTellsNothingOfTheCookie() {
    assertThat(config.getClusterName()).startsWith("mcp-").hasSize(68).doesNotContain("cookie");
    assertThat(HazelcastConfigs.clusterName("a")).isNotEqualTo(HazelcastConfigs.clusterName("b"));
    assertThat(HazelcastConfigs.clusterName("")).isNotEmpty();
  }

  @Test
  void onlyMembersAtTheSeedsAreFound() {
    var join = config.getAdvancedNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:5702");
    assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
    assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs())
        .containsOnlyKeys(EndpointQualifier.MEMBER);
  }

  @Test
  void everyPropertyExists() throws IllegalAccessException {
    Set<String> known = new HashSet<>();
    for (Field field : ClusterProperty.class.getFields()) {
      known.add(field.get(null).toString());
    }
    // A misspelt one would be ignored without a word.
    assertThat(config.getProperties().stringPropertyNames()).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void whatTheOthersKnowOfANodeIsReadBack() {
    Attributes attributes = new Attributes(new NodeId("n1", 5), "1.0", 8080, 99);
    assertThat(Attributes.of(attributes.toMap()::get)).isEqualTo(attributes);
    assertThat(Attributes.of(name -> null)).isNull();
  }
}
