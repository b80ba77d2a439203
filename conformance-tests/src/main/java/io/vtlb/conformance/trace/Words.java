package io.vtlb.conformance.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words that traces use for the constants of the vocabulary: {@code GUEST_PAGE_FAULT} is {@code
 * guest-page-fault}.
 */
public final class Words {

  private Words() {}

  /** The word for a constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words for all constants of a type, in their order. */
  static <E extends Enum<E>> List<String> all(Class<E> type) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      words.add(of(constant));
    }
    return words;
  }
}
