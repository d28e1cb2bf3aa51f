package io.mcpnode.feature.schema;

import static io.mcpnode.feature.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolArg;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.schema.SchemaWriter.Direction;
import io.mcpnode.protocol.TreeReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each Java type: its schema, what it accepts and what it refuses, one line a case. */
class BinderTest {

  enum Color {
    RED,
    GREEN
  }

  record Point(int x, int y) {}

  record Named(
      @ToolArg(name = "n", description = "the name", defaultValue = "none") String name,
      Optional<Point> at,
      @ToolArg(required = false) Integer weight) {}

  record Range(int from, int to) {
    Range {
      if (from > to) {
        throw new IllegalArgumentException("from: " + from + " (expected: at most " + to + ")");
      }
    }
  }

  record Tree(String label, List<Tree> children) {}

  record Even(Optional<Odd> odd) {}

  record Odd(Optional<Even> even) {}

  record Pair<A, B>(A first, B second) {}

  static class Bean {
    String name = "unset";
    private int size;
    transient int hidden;
    static int shared;

    @Override
    public String toString() {
      return name + size;
    }
  }

  static class Child extends Bean {
    boolean young;
  }

  /** The types under test, as parameters named like the case. */
  @SuppressWarnings("unused")
  static class Types {
    void aString(String v) {}

    void aChar(char v) {}

    void aBoolean(boolean v) {}

    void aByte(byte v) {}

    void aShort(Short v) {}

    void anInt(int v) {}

    void aLong(Long v) {}

    void aFloat(float v) {}

    void aDouble(double v) {}

    void aDecimal(BigDecimal v) {}

    void aBigInteger(BigInteger v) {}

    void aNumber(Number v) {}

    void anEnum(Color v) {}

    void aDate(LocalDate v) {}

    void anInstant(Instant v) {}

    void anOffsetTime(OffsetDateTime v) {}

    void aZonedTime(ZonedDateTime v) {}

    void aTimeOfDay(OffsetTime v) {}

    void aLocalTime(LocalDateTime v) {}

    void aLocalTimeOfDay(LocalTime v) {}

    void aDuration(Duration v) {}

    void aPeriod(Period v) {}

    void aZone(ZoneId v) {}

    void aUuid(UUID v) {}

    void aUri(URI v) {}

    void anOptional(Optional<String> v) {}

    void anOptionalInt(OptionalInt v) {}

    void anOptionalLong(OptionalLong v) {}

    void anOptionalDouble(OptionalDouble v) {}

    void aList(List<Integer> v) {}

    void aCollection(Collection<? extends Number> v) {}

    void aSet(Set<String> v) {}

    void anArray(int[] v) {}

    void aGenericArray(List<String>[] v) {}

    void aMap(Map<String, Integer> v) {}

    void anEnumMap(Map<Color, Boolean> v) {}

    @SuppressWarnings("rawtypes")
    void aRawMap(Map v) {}

    void anything(Object v) {}

    void anythings(List<Object> v) {}

    void aSetOfAnything(Set<Object> v) {}

    void aRecord(Point v) {}

    void aNamed(Named v) {}

    void aRange(Range v) {}

    void aTree(Tree v) {}

    void anEven(Even v) {}

    void aPair(Pair<String, List<Point>> v) {}

    void aBean(Bean v) {}

    void aChild(Child v) {}
  }

  private static Binder binder(String type, boolean required) {
    Method method =
        Arrays.stream(Types.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(type))
            .findFirst()
            .orElseThrow();
    Shape shape = new Shapes(Direction.INPUT).of(JavaType.of(method.getGenericParameterTypes()[0]));
    return new Binder(
        List.of(new Binder.Passed(new Argument("v", "", shape, required, null, ""))), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aString | {'type':'string'}",
        "aChar | {'type':'string','minLength':1,'maxLength':1}",
        "aBoolean | {'type':'boolean'}",
        "aByte | {'type':'integer'}",
        "anInt | {'type':'integer'}",
        "aDouble | {'type':'number'}",
        "aDecimal | {'type':'number'}",
        "aBigInteger | {'type':'integer'}",
        "aNumber | {'type':'number'}",
        "anEnum | {'type':'string','enum':['RED','GREEN']}",
        "aDate | {'type':'string','format':'date'}",
        "anInstant | {'type':'string','format':'date-time'}",
        "anOffsetTime | {'type':'string','format':'date-time'}",
        "aTimeOfDay | {'type':'string','format':'time'}",
        "aLocalTime | {'type':'string','examples':['2026-01-31T10:15:30']}",
        "aDuration | {'type':'string','format':'duration'}",
        "aUuid | {'type':'string','format':'uuid'}",
        "anOptional | {'type':'string'}",
        "anOptionalInt | {'type':'integer'}",
        "aList | {'type':'array','items':{'type':'integer'}}",
        "aCollection | {'type':'array','items':{'type':'number'}}",
        "aSet | {'type':'array','uniqueItems':true,'items':{'type':'string'}}",
        "anArray | {'type':'array','items':{'type':'integer'}}",
        "aGenericArray | {'type':'array','items':{'type':'array','items':{'type':'string'}}}",
        "aMap | {'type':'object','additionalProperties':{'type':'integer'}}",
        "anEnumMap | {'type':'object','propertyNames':{'type':'string','enum':['RED','GREEN']},"
            + "'additionalProperties':{'type':'boolean'}}",
        "aRawMap | {'type':'object'}",
        "anything | {}",
        "aRecord | {'type':'object','properties':{'x':{'type':'integer'},'y':{'type':'integer'}},"
            + "'required':['x','y'],'additionalProperties':false}",
        "aNamed | {'type':'object','properties':{'n':{'type':'string','description':'the name',"
            + "'default':'none'},'at':{'type':'object','properties':{'x':{'type':'integer'},'y':"
            + "{'type':'integer'}},'required':['x','y'],'additionalProperties':false},'weight':"
            + "{'type':'integer'}},'additionalProperties':false}",
        "aPair | {'type':'object','properties':{'first':{'type':'string'},'second':{'type':'array',"
            + "'items':{'type':'object','properties':{'x':{'type':'integer'},'y':{'type':'integer'}"
            + "},'required':['x','y'],'additionalProperties':false}}},'required':['first','second']"
            + ",'additionalProperties':false}",
        "aChild | {'type':'object','properties':{'name':{'type':'string'},'size':{'type':'integer'},"
            + "'young':{'type':'boolean'}},'additionalProperties':false}",
        "aTree | {'$ref':'#/$defs/Tree'}",
      })
  void theSchemaOfAType(String type, String schema) {
    ObjectNode written = binder(type, false).schema();
    assertThat(written.at("/properties/v")).isEqualTo(json(schema));
    assertThat(written.get("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void aTypeThatContainsItselfIsDefinedOnce() {
    assertThat(binder("aTree", true).schema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'v':{'$ref':'#/$defs/Tree'}},'required':['v'],"
                    + "'additionalProperties':false,'$defs':{'Tree':{'type':'object','properties':{"
                    + "'label':{'type':'string'},'children':{'type':'array','items':{'$ref':"
                    + "'#/$defs/Tree'}}},'required':['label','children'],"
                    + "'additionalProperties':false}}}"));
    assertThat(binder("anEven", true).schema().get("$defs").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aString | 'x' | x",
        "aString | '' | ",
        "aChar | 'x' | x",
        "aBoolean | true | true",
        "aByte | -128 | -128",
        "aShort | 32767 | 32767",
        "anInt | 7 | 7",
        "anInt | 7.0 | 7",
        "anInt | 7e2 | 700",
        "aLong | 9223372036854775807 | 9223372036854775807",
        "aFloat | 1.5 | 1.5",
        "aDouble | 1 | 1.0",
        "aDecimal | 0.1 | 0.1",
        "aBigInteger | 123456789012345678901234567890 | 123456789012345678901234567890",
        "aNumber | 3 | 3",
        "aNumber | 3.5 | 3.5",
        "aNumber | 123456789012345678901234567890 | 123456789012345678901234567890",
        "anEnum | 'GREEN' | GREEN",
        "aDate | '2026-02-28' | 2026-02-28",
        "anInstant | '2026-01-31T10:15:30+01:00' | 2026-01-31T09:15:30Z",
        "anOffsetTime | '2026-01-31T10:15:30+01:00' | 2026-01-31T10:15:30+01:00",
        "aZonedTime | '2026-01-31T10:15:30+01:00[Europe/Paris]' |"
            + " 2026-01-31T10:15:30+01:00[Europe/Paris]",
        "aTimeOfDay | '10:15:30Z' | 10:15:30Z",
        "aLocalTime | '2026-01-31T10:15' | 2026-01-31T10:15",
        "aLocalTimeOfDay | '10:15' | 10:15",
        "aDuration | 'PT1H' | PT1H",
        "aPeriod | 'P1D' | P1D",
        "aZone | 'Europe/Paris' | Europe/Paris",
        "aUuid | '6f1b6c1e-1c1b-4b6e-8a53-0d2f3a1c9b7e' | 6f1b6c1e-1c1b-4b6e-8a53-0d2f3a1c9b7e",
        "aUri | 'https://example.com/a?b=c' | https://example.com/a?b=c",
        "anOptional | 'x' | Optional[x]",
        "anOptional | null | Optional.empty",
        "anOptionalInt | 3 | OptionalInt[3]",
        "anOptionalLong | 3 | OptionalLong[3]",
        "anOptionalDouble | 3 | OptionalDouble[3.0]",
        "anOptionalDouble | null | OptionalDouble.empty",
        "aList | [1,2] | [1, 2]",
        "aList | [] | []",
        "aCollection | [1,2.5] | [1, 2.5]",
        "aSet | ['a','b'] | [a, b]",
        "aMap | {'a':1,'b':2} | {a=1, b=2}",
        "anEnumMap | {'RED':true} | {RED=true}",
        "aRawMap | {'a':[1,null,{'b':'c'}]} | {a=[1, null, {b=c}]}",
        "aRawMap | {'a':null} | {a=null}",
        "anything | {'a':[1,1.5,true,null,'x']} | {a=[1, 1.5, true, null, x]}",
        "anything | 'x' | x",
        "anything | null | null",
        "anythings | [1,null] | [1, null]",
        "aSetOfAnything | [1,null] | [1, null]",
        "aRecord | {'x':1,'y':2} | Point[x=1, y=2]",
        "aNamed | {} | Named[name=none, at=Optional.empty, weight=null]",
        "aNamed | {'n':'a','at':{'x':1,'y':2},'weight':3} | Named[name=a, at=Optional[Point[x=1,"
            + " y=2]], weight=3]",
        "aNamed | {'n':null,'at':null} | Named[name=none, at=Optional.empty, weight=null]",
        "aTree | {'label':'a','children':[{'label':'b','children':[]}]} | Tree[label=a,"
            + " children=[Tree[label=b, children=[]]]]",
        "aPair | {'first':'a','second':[{'x':1,'y':2}]} | Pair[first=a, second=[Point[x=1, y=2]]]",
        "aBean | {'name':'a','size':3} | a3",
        "aBean | {} | unset0",
        "aChild | {'name':'a','young':true} | a0",
      })
  void whatATypeAccepts(String type, String value, String bound) {
    Problems problems = new Problems();
    Object[] parameters = bind(binder(type, true), "{'v':" + value + "}", problems);
    assertThat(problems.text()).isEmpty();
    assertThat(String.valueOf(parameters[0])).isEqualTo(bound == null ? "" : bound);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aString | 1 | arguments.v: 1 (expected: string)",
        "aString | null | arguments.v: missing (expected: string)",
        "aString | {} | arguments.v: an object (expected: string)",
        "aString | [1] | arguments.v: an array (expected: string)",
        "aChar | 'xy' | arguments.v: 'xy' (expected: string of one character)",
        "aBoolean | 'true' | arguments.v: 'true' (expected: boolean)",
        "aByte | 128 | arguments.v: 128 (expected: integer from -128 to 127)",
        "anInt | 'x' | arguments.v: 'x' (expected: integer)",
        "anInt | '1' | arguments.v: '1' (expected: integer)",
        "anInt | 1.5 | arguments.v: 1.5 (expected: integer)",
        "anInt | true | arguments.v: true (expected: integer)",
        "anInt | 2147483648 | arguments.v: 2147483648 (expected: integer from -2147483648 to"
            + " 2147483647)",
        "aLong | 9223372036854775808 | arguments.v: 9223372036854775808 (expected: integer from"
            + " -9223372036854775808 to 9223372036854775807)",
        "aLong | 1e300 | arguments.v: 1.0E300 (expected: integer from -9223372036854775808 to"
            + " 9223372036854775807)",
        "aFloat | 1e300 | arguments.v: 1.0E300 (expected: number in the range of a float)",
        "aDouble | 'NaN' | arguments.v: 'NaN' (expected: number)",
        "aBigInteger | 0.5 | arguments.v: 0.5 (expected: integer)",
        "anEnum | 'red' | arguments.v: 'red' (expected: one of RED, GREEN)",
        "anEnum | 1 | arguments.v: 1 (expected: one of RED, GREEN)",
        "aDate | '2026-02-30' | arguments.v: '2026-02-30' (expected: date such as '2026-01-31')",
        "aDate | 20260101 | arguments.v: 20260101 (expected: date such as '2026-01-31')",
        "anInstant | 'now' | arguments.v: 'now' (expected: time such as '2026-01-31T10:15:30Z')",
        "aZone | 'Mars/Base' | arguments.v: 'Mars/Base' (expected: time zone such as"
            + " 'Europe/Paris')",
        "aUri | 'a b' | arguments.v: 'a b' (expected: URI such as 'https://example.com/a')",
        "anOptional | 1 | arguments.v: 1 (expected: string)",
        "aList | 1 | arguments.v: 1 (expected: array)",
        "aList | [1,'x'] | arguments.v[1]: 'x' (expected: integer)",
        "aList | [null] | arguments.v[0]: null (expected: integer)",
        "aSetOfAnything | [null,null] | arguments.v: an array (expected: no item twice)",
        "aSet | ['a','a'] | arguments.v: an array (expected: no item twice)",
        "aGenericArray | [['a'],[1]] | arguments.v[1][0]: 1 (expected: string)",
        "aMap | {'a':'x'} | arguments.v.a: 'x' (expected: integer)",
        "aMap | {'a':null} | arguments.v.a: null (expected: integer)",
        "aMap | [] | arguments.v: an array (expected: object)",
        "anEnumMap | {'BLUE':true} | arguments.v.BLUE: 'BLUE' (expected: one of RED, GREEN)",
        "aRecord | {'x':1} | arguments.v.y: missing (expected: integer)",
        "aRecord | 'x' | arguments.v: 'x' (expected: object)",
        "aRecord | {'x':1,'y':2,'z':3} | arguments.v.z: unknown (expected: x, y); did you mean"
            + " 'x'?",
        "aNamed | {'wieght':1} | arguments.v.wieght: unknown (expected: n, at, weight); did you mean"
            + " 'weight'?",
        "aRange | {'from':2,'to':1} | arguments.v: from: 2 (expected: at most 1)",
        "aTree | {'label':'a','children':[{'label':1,'children':[]}]} |"
            + " arguments.v.children[0].label: 1 (expected: string)",
        "aBean | {'hidden':1} | arguments.v.hidden: unknown (expected: name, size)",
      })
  void whatATypeRefuses(String type, String value, String message) {
    Problems problems = new Problems();
    bind(binder(type, true), "{'v':" + value + "}", problems);
    assertThat(problems.text()).isEqualTo(message.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "aString,null",
    "anInt,0",
    "aDouble,0.0",
    "aBoolean,false",
    "aLong,null",
    "anOptional,Optional" + ".empty",
    "anOptionalInt,OptionalInt.empty",
    "aList,null",
    "aRecord,null",
  })
  void whatIsNotThereAndNeedNotBe(String type, String bound) {
    Problems problems = new Problems();
    Object[] parameters = bind(binder(type, false), "{}", problems);
    assertThat(problems.any()).isFalse();
    assertThat(String.valueOf(parameters[0])).isEqualTo(bound);
  }

  @Test
  void alsoAnyValueIsMissingWhereItIsNotThere() {
    Problems problems = new Problems();
    bind(binder("anything", true), "{}", problems);
    assertThat(problems.text()).isEqualTo("arguments.v: missing (expected: any value)");
  }

  @Test
  void arraysAreOfTheirOwnType() {
    assertThat(bind(binder("anArray", true), "{'v':[1,2]}", new Problems())[0])
        .isEqualTo(new int[] {1, 2});
    assertThat(bind(binder("aGenericArray", true), "{'v':[['a']]}", new Problems())[0])
        .isEqualTo(new List<?>[] {List.of("a")});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aLong | 9007199254740993.0 | 9007199254740993",
        "aLong | 9223372036854775807.0 | 9223372036854775807",
        "anInt | 1.0 | 1",
        "anInt | 2147483647.0000000000000000 | 2147483647",
        "aBigInteger | 123456789012345678901.0 | 123456789012345678901",
        "aDecimal | 0.1234567890123456789012345 | 0.1234567890123456789012345",
        "aDecimal | 1e-400 | 1E-400",
        "aDecimal | 1E400 | 1E+400",
        "aDouble | 0.1234567890123456789012345 | 0.12345678901234568",
        "aDouble | 9007199254740993.5 | 9.007199254740994E15",
        "aFloat | 0.1234567890123456789012345 | 0.12345679",
        "aFloat | 1e-50 | 0.0",
        "aNumber | 0.1 | 0.1",
        "aNumber | 9007199254740993.5 | 9007199254740993.5",
        "anything | [0.1,9007199254740993.5] | [0.1, 9007199254740993.5]",
      })
  void numbersArriveAsTheyWereSent(String type, String value, String bound) {
    Problems problems = new Problems();
    Object[] parameters = bindExact(binder(type, true), value, problems);
    assertThat(problems.text()).isEmpty();
    assertThat(String.valueOf(parameters[0])).isEqualTo(bound);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aLong | 9007199254740993.5 | 9007199254740993.5 (expected: integer)",
        "anInt | 2147483646.9999999999 | 2147483646.9999999999 (expected: integer)",
        "anInt | 1e-400 | 1E-400 (expected: integer)",
        "aBigInteger | 123456789012345678901.5 | 123456789012345678901.5 (expected: integer)",
        "anInt | 1e999999999 | 1e999999999 (expected: integer from -2147483648 to 2147483647)",
        "aBigInteger | 1e999999999 | 1e999999999 (expected: integer with an exponent up to 1000)",
        "aDecimal | 1e-999999999 | 1e-999999999 (expected: number with an exponent up to 1000)",
        "aNumber | 1e99999999999 | 1e99999999999 (expected: number with an exponent up to 1000)",
        "aDouble | 1E400 | 1E+400 (expected: number in the range of a double)",
        "aDouble | -1e-400 | -1E-400 (expected: number in the range of a double)",
        "aDouble | 1e999999999 | 1e999999999 (expected: number in the range of a double)",
        "aFloat | 1E400 | 1E+400 (expected: number in the range of a float)",
        "anything | 1e999999999 | 1e999999999 (expected: number with an exponent up to 1000)",
        "aString | 1e999999999 | 1e999999999 (expected: string)",
      })
  void aNumberThatDoesNotFitIsQuoted(String type, String value, String message) {
    Problems problems = new Problems();
    bindExact(binder(type, true), value, problems);
    assertThat(problems.text()).isEqualTo("arguments.v: " + message);
  }

  @Test
  void aNumberBeyondUseIsNamedHoweverDeepWithinAnyValue() {
    Problems problems = new Problems();
    bindExact(binder("anything", true), "{\"a\":[1,null,1e99999]}", problems);
    assertThat(problems.text())
        .isEqualTo("arguments.v.a[2]: 1e99999 (expected: number with an exponent up to 1000)");
  }

  private static Object[] bindExact(Binder binder, String value, Problems problems) {
    return binder.bind(TreeReader.object("{\"v\":" + value + "}"), FakeContext.session(), problems);
  }

  @Test
  void hugeExponentsAreRefusedAtOnce() throws Exception {
    ObjectMapper exact =
        new ObjectMapper()
            .enable(
                com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    for (String type : List.of("anInt", "aDecimal", "aBigInteger")) {
      Problems problems = new Problems();
      binder(type, true)
          .bind(
              (ObjectNode) exact.readTree("{\"v\": 1e999999999}"), FakeContext.session(), problems);
      assertThat(problems.any()).as(type).isTrue();
    }
  }

  @Test
  void unknownArgumentsAreNamedWithWhatIsAllowed() {
    Problems problems = new Problems();
    bind(binder("anInt", true), "{'v':1,'w':2,'longer':3}", problems);
    assertThat(problems.text().lines())
        .containsExactly(
            "arguments.w: unknown (expected: v); did you mean \"v\"?",
            "arguments.longer: unknown (expected: v)");
    Problems none = new Problems();
    bind(new Binder(List.of(), false), "{'w':2}", none);
    assertThat(none.text()).isEqualTo("arguments.w: unknown (expected: none)");
  }

  @Test
  void whereTheSchemaDecidesUnknownArgumentsPass() {
    Problems problems = new Problems();
    bind(new Binder(List.of(), true), "{'w':2}", problems);
    assertThat(problems.any()).isFalse();
  }

  @Test
  void aDefaultIsFreshForEachCall() {
    Shape shape =
        new Shapes(Direction.INPUT).of(new JavaType(List.class, List.of(JavaType.of(Long.class))));
    Binder binder =
        new Binder(
            List.of(
                new Binder.Passed(
                    new Argument("v", "", shape, true, Defaults.parse("v", "[1]", shape), ""))),
            false);
    Object first = bind(binder, "{}", new Problems())[0];
    assertThat(first).isEqualTo(List.of(1L));
    assertThat(bind(binder, "{'v':null}", new Problems())[0]).isEqualTo(first).isNotSameAs(first);
    assertThat(binder.schema().has("required")).isFalse();
  }

  @Test
  void manyProblemsAreListedInPart() {
    StringBuilder items = new StringBuilder("'x'");
    items.append(",'x'".repeat(99));
    Problems problems = new Problems();
    bind(binder("aList", true), "{'v':[" + items + "]}", problems);
    assertThat(problems.text().lines()).hasSize(11).endsWith("and 90 more");
  }

  @Test
  void aLongValueIsShownInPart() {
    Problems problems = new Problems();
    bind(binder("anInt", true), "{'v':'" + "x".repeat(10_000) + "'}", problems);
    assertThat(problems.text()).hasSizeLessThan(130).contains("…");
  }

  @Test
  void typesWithoutAJsonFormAreRefusedAtLoading() {
    for (Class<?> type : List.of(Thread.class, Runnable.class, java.io.InputStream.class)) {
      assertThatThrownBy(() -> new Shapes(Direction.INPUT).of(JavaType.of(type)))
          .isInstanceOf(UnsupportedTypeException.class)
          .hasMessageContaining(type.getName());
    }
  }

  private static Object[] bind(Binder binder, String arguments, Problems problems) {
    return binder.bind((ObjectNode) json(arguments), FakeContext.session(), problems);
  }
}
