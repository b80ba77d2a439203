package io.vtlb.conformance.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads traces, plain or gzipped, and refuses what is not one.
 *
 * <p>What it returns holds nothing that the format forbids: machines and virtual CPUs exist,
 * addresses are in range, operations count from 1, events have their answers.
 */
public final class TraceReader {

  private TraceReader() {}

  /**
   * Reads one file.
   *
   * @throws BadTrace if it is not there, cannot be read, or is not a trace
   */
  public static RecordedTrace read(Path path) throws BadTrace {
    Place whole = new Place(path.toString(), 0);
    if (Files.isDirectory(path)) {
      throw whole.bad("is a folder, not a trace");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return read(in, path.toString());
    } catch (BadTrace failure) {
      throw failure;
    } catch (NoSuchFileException failure) {
      throw whole.bad("there is no such file");
    } catch (AccessDeniedException failure) {
      throw whole.bad("may not be read: permission denied");
    } catch (IOException failure) {
      throw whole.bad("cannot be read: " + failure.getMessage());
    }
  }

  /**
   * Reads to the end of a stream and leaves it open.
   *
   * @param source what messages call it
   * @throws BadTrace if it cannot be read, or is not a trace
   */
  public static RecordedTrace read(InputStream in, String source) throws BadTrace {
    TraceLines lines = new TraceLines(in, source);
    Optional<TraceLines.Line> line = lines.next();
    if (line.isEmpty()) {
      throw new Place(source, 0).bad("is empty; a trace starts with its world");
    }
    Assembly assembly = new Assembly(Json.parse(line.get()));
    for (line = lines.next(); line.isPresent(); line = lines.next()) {
      assembly.add(Json.parse(line.get()));
    }
    return assembly.trace();
  }
}
