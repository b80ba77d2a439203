package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is printed and lost is not lost silently. */
class StandardOutputTest {

  private static Optional<String> lostBy(OutputStream stream) {
    StandardOutput output = new StandardOutput(stream);
    PrintWriter printer = new PrintWriter(output, true, StandardCharsets.UTF_8);
    printer.println("a verdict");
    printer.flush();
    return output.lost();
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @Test
  void whatIsWrittenIsNotLost() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    assertEquals(Optional.empty(), lostBy(stream));
    assertEquals("a verdict" + System.lineSeparator(), stream.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFullDiskIsTold() {
    assertEquals(
        Optional.of("No space left on device"), lostBy(failing("No space left on device")));
  }

  @Test
  void aReaderThatLeavesMissesNothing() {
    assertEquals(Optional.empty(), lostBy(failing("Broken pipe")));
  }
}
