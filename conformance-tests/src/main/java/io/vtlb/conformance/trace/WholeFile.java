package io.vtlb.conformance.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written whole or not at all. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a temporary file in the same folder, forces it to the disk, and moves it into place; if
   * anything fails, the temporary file is removed and an old file is as it was.
   *
   * @throws IOException if it fails, or if something that is not a file stands there
   */
  public static void write(Path path, byte[] content) throws IOException {
    Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      throw new IOException(path + " is not a file that can be replaced");
    }
    Path temporary = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
