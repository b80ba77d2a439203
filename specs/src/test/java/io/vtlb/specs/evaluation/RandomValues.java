package io.vtlb.specs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random values of any sort; bits are often those that the definitions name. */
final class RandomValues {

  private static final Pattern LITERAL = Pattern.compile("#x([0-9a-f]{16})\\b");

  private final Random random;
  private final List<Long> literals = new ArrayList<>();

  RandomValues(long seed, String text) {
    random = new Random(seed);
    Matcher literal = LITERAL.matcher(text);
    while (literal.find()) {
      literals.add(Long.parseUnsignedLong(literal.group(1), 16));
    }
  }

  Value of(Sort sort) {
    return switch (sort) {
      case Sort.Truth truth -> Value.of(random.nextBoolean());
      case Sort.Bits bits -> Value.of(bits() & bits.mask());
      case Sort.Datatype datatype -> {
        List<Constructor> all = datatype.constructors();
        // The last one holds most.
        Constructor one =
            random.nextBoolean() ? all.getLast() : all.get(random.nextInt(all.size()));
        yield one.of(one.fields().stream().map(field -> of(field.sort())).toArray(Value[]::new));
      }
      case Sort.Map(Sort index, Sort element) -> {
        Value.Mapping map = Value.Mapping.of(of(element));
        for (int stored = random.nextInt(3); stored > 0; stored--) {
          map = map.store(of(index), of(element));
        }
        yield map;
      }
    };
  }

  private long bits() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextInt(4);
      case 2 -> random.nextLong();
      case 3 -> literal();
      default -> 1 | random.longs(3).map(one -> literal()).reduce(0, (all, one) -> all | one);
    };
  }

  private long literal() {
    return literals.isEmpty() ? 0 : literals.get(random.nextInt(literals.size()));
  }
}
