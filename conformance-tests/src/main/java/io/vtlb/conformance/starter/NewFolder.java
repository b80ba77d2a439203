package io.vtlb.conformance.starter;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A folder that is filled whole or not at all. */
final class NewFolder {

  private final Path folder;
  private final List<Path> made = new ArrayList<>();

  private NewFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes files into a folder that is empty or not there yet; if anything fails, what was made is
   * removed again.
   *
   * @param files their contents, by their places in the folder, separated by slashes
   * @throws IOException if it fails; the message names the folder and why
   */
  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    requireFree(folder);
    NewFolder writing = new NewFolder(folder.toAbsolutePath());
    try {
      writing.write(files);
    } catch (IOException e) {
      writing.undo(e);
      throw new IOException("cannot write to " + folder + ": " + reason(e), e);
    }
  }

  private static void requireFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + " is a file; name a new folder");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new IOException(folder + " is not empty; name a new folder");
        }
      } catch (AccessDeniedException e) {
        throw new IOException("cannot look into " + folder + ": permission denied", e);
      }
    }
  }

  /** Everything is written beside its place first, then moved there. */
  private void write(Map<String, byte[]> files) throws IOException {
    makeFolder();
    Path staging = Files.createTempDirectory(folder, ".new-");
    made.add(staging);
    Set<Path> tops = new LinkedHashSet<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path place = staging.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.write(place, file.getValue());
      tops.add(Path.of(file.getKey()).getName(0));
    }
    for (Path top : tops) {
      Files.move(staging.resolve(top), folder.resolve(top), StandardCopyOption.ATOMIC_MOVE);
      made.add(folder.resolve(top));
    }
    Files.delete(staging);
  }

  private void makeFolder() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    for (Path at : missing.reversed()) {
      Files.createDirectory(at);
      made.add(at);
    }
  }

  private void undo(IOException cause) {
    for (Path path : made.reversed()) {
      try (Stream<Path> below = Files.walk(path)) {
        for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** The messages of some exceptions are no more than a path. */
  private static String reason(IOException exception) {
    if (exception instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (exception instanceof NoSuchFileException) {
      return "nothing can be made there";
    }
    return exception instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : exception.toString();
  }
}
