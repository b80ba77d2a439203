package io.vtlb.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder among the temporary files that does not outlive this process. */
public final class ScratchFolder implements AutoCloseable {

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /** Makes an empty one. */
  public static ScratchFolder create() throws IOException {
    ScratchFolder folder = new ScratchFolder(Files.createTempDirectory("vtlb-target-"));
    RunningTargets.add(folder);
    return folder;
  }

  /** A file or folder in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() {
    delete();
    RunningTargets.remove(this);
  }

  void delete() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.deleteIfExists(one);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is gone already, or stays among the temporary files.
    }
  }
}
