package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The golden file: each kind of record as it is written, which others rely on from the day it
 * landed.
 */
class EveryRecordTest {

  @Test
  void isWrittenAsTheFileHoldsIt() throws IOException {
    assertEquals(golden(), Samples.text(Samples.everyRecord()));
  }

  @Test
  void isReadFromTheFile() throws IOException {
    try (InputStream in = EveryRecordTest.class.getResourceAsStream("every-record.jsonl")) {
      assertEquals(Samples.everyRecord(), TraceReader.read(in, "every-record.jsonl"));
    }
  }

  static String golden() throws IOException {
    try (InputStream in = EveryRecordTest.class.getResourceAsStream("every-record.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
