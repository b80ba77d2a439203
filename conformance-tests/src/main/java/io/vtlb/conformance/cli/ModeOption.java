package io.vtlb.conformance.cli;

import io.vtlb.conformance.generate.ModeChoice;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --mode}: which paging modes sequences are about. */
final class ModeOption {

  @Option(
      names = "--mode",
      paramLabel = "M",
      defaultValue = "mixed",
      converter = Word.class,
      description =
          "Paging mode of the sequences: 32, pae, 4level, 5level, or mixed for all of them and"
              + " changes between them (default: ${DEFAULT-VALUE}). The words of the target protocol"
              + " do too: 32-bit, PAE, 4-level, 5-level.")
  private ModeChoice choice = ModeChoice.MIXED;

  ModeChoice choice() {
    return choice;
  }

  /** Reads the option's word. */
  static final class Word implements ITypeConverter<ModeChoice> {

    @Override
    public ModeChoice convert(String word) {
      return ModeChoice.ofWord(word)
          .orElseThrow(
              () -> new TypeConversionException("'" + word + "' is no mode; give " + words()));
    }

    private static String words() {
      return Arrays.stream(ModeChoice.values())
          .map(ModeChoice::word)
          .collect(Collectors.joining(", "));
    }
  }
}
