package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The golden files: each kind of record as it is written, which others rely on from the day it
 * landed.
 */
class EveryRecordTest {

  private static final String USUAL = "every-record.jsonl";
  private static final String LONG = "every-long-record.jsonl";
  private static final String HOST = "every-host-record.jsonl";
  private static final String OLDER = "older-record.jsonl";

  @Test
  void isWrittenAsTheFileHoldsIt() throws IOException {
    assertEquals(golden(USUAL), Samples.text(Samples.everyRecord()));
    assertEquals(golden(LONG), Samples.text(LongSamples.everyRecord()));
    assertEquals(golden(HOST), Samples.text(HostSamples.everyRecord()));
  }

  @Test
  void isReadFromTheFile() throws IOException {
    assertEquals(Samples.everyRecord(), read(USUAL));
    assertEquals(LongSamples.everyRecord(), read(LONG));
    assertEquals(HostSamples.everyRecord(), read(HOST));
  }

  /** What the first traces hold of AC is dropped; what they lack follows from the rest. */
  @Test
  void isReadAsTheFirstTracesHaveIt() throws IOException {
    assertEquals(Samples.everyRecord(), read(OLDER));
  }

  /** The lines of the golden files, and of the older one. */
  static String golden() throws IOException {
    return golden(USUAL) + golden(LONG) + golden(HOST) + golden(OLDER);
  }

  private static RecordedTrace read(String name) throws IOException {
    try (InputStream in = EveryRecordTest.class.getResourceAsStream(name)) {
      return TraceReader.read(in, name);
    }
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EveryRecordTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
