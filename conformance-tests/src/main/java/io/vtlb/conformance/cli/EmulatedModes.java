package io.vtlb.conformance.cli;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The paging modes that an emulator is asked about, by a word of the command line. */
record EmulatedModes(List<PagingMode> modes) {

  static final String ALL = "mixed";

  private static final Map<String, List<PagingMode>> WORDS =
      new TreeMap<>(
          Map.of(
              "none",
              List.of(PagingMode.NONE),
              "32",
              List.of(PagingMode.TWO_LEVEL),
              "pae",
              List.of(PagingMode.PAE),
              "4level",
              List.of(PagingMode.FOUR_LEVEL),
              "5level",
              List.of(PagingMode.FIVE_LEVEL),
              ALL,
              PagingMode.ALL));

  EmulatedModes {
    modes = List.copyOf(modes);
  }

  /** Reads the word. */
  static final class Word implements ITypeConverter<EmulatedModes> {

    @Override
    public EmulatedModes convert(String word) {
      List<PagingMode> modes =
          WORDS.get(ModeChoice.ofWord(word).map(ModeChoice::word).orElse(word));
      if (modes == null) {
        throw new TypeConversionException(
            "'" + word + "' is no mode; give " + String.join(", ", WORDS.keySet()));
      }
      return new EmulatedModes(modes);
    }
  }
}
