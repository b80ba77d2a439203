package io.vtlb.conformance.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recordings that the tests have at hand; their provenance stands beside them. */
enum TrimmedRecording {
  /** Linux for 32-bit paging: boot, then user processes that protect, copy, fault and map. */
  LINUX("linux-2level"),
  /** A bare-metal guest that tries random entries with random accesses and reports what it sees. */
  PROBE("probe-2level"),
  /** Linux for PAE paging. */
  LINUX_PAE("linux-pae"),
  /** Linux for 4-level paging. */
  LINUX_64("linux-4level"),
  /** The bare-metal guest with 4-level paging. */
  PROBE_64("probe-4level");

  static final int ALL_DISAGREEMENTS = Integer.MAX_VALUE;

  private final String name;

  TrimmedRecording(String name) {
    this.name = name;
  }

  /** Its lines; the n-th line is at index n - 1. */
  List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(resource(name + ".jsonl.gz")), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The recording as it is, gzipped, in a file of this folder. */
  Path copyTo(Path folder) throws IOException {
    Path file = folder.resolve(name + ".jsonl.gz");
    try (InputStream input = resource(name + ".jsonl.gz")) {
      Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Its name without what it ends in. */
  String file() {
    return name;
  }

  /** What the text report of it says. */
  String golden() {
    return text(name + ".txt");
  }

  /** A text beside the recordings. */
  static String text(String file) {
    try (InputStream input = resource(file)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static InputStream resource(String name) {
    InputStream input = TrimmedRecording.class.getResourceAsStream(name);
    if (input == null) {
      throw new AssertionError("no test data " + name);
    }
    return input;
  }

  /** Checks lines as if they were a recording. */
  static RecordingReport check(Path folder, List<String> lines) throws Exception {
    return check(folder, lines, new RecordingChecker(ALL_DISAGREEMENTS));
  }

  static RecordingReport check(Path folder, List<String> lines, RecordingChecker checker)
      throws Exception {
    Path file = folder.resolve("recording.jsonl");
    Files.write(file, lines);
    return checker.check(file, read -> {});
  }
}
