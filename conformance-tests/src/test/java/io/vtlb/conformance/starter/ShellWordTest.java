package io.vtlb.conformance.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.process.CommandWords;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A quoted word is read back as it was, by a shell's rules for quotes. */
class ShellWordTest {

  @ParameterizedTest
  @ValueSource(strings = {"my-tlb/tlb.py", "my dir", "it's", "'", "\\", "a\"b", "$HOME", "a\tb"})
  void aWordIsReadBack(String word) {
    assertEquals(List.of("run", word), CommandWords.of("run " + ShellWord.of(word)));
    String twice = ShellWord.of("run " + ShellWord.of(word));
    assertEquals(List.of("run " + ShellWord.of(word)), CommandWords.of(twice));
  }
}
