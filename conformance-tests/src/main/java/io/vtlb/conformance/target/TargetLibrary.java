package io.vtlb.conformance.target;

import io.vtlb.conformance.library.NativeLibrary;
import io.vtlb.conformance.library.UnusableLibrary;
import io.vtlb.conformance.run.TargetSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A native library, called in this process; it is opened once and never unloaded. */
final class TargetLibrary {

  private TargetLibrary() {}

  /**
   * The source of a library's virtual TLBs, for one thread.
   *
   * @param name the target's name on the command line
   * @param file the library
   */
  static TargetSource source(String name, String file) {
    try {
      NativeLibrary library = NativeLibrary.open(Path.of(file));
      return TargetSource.inProcess(name, library.description(), library::fresh);
    } catch (UnusableLibrary | InvalidPathException e) {
      throw new UnusableTarget("target %s: %s".formatted(name, e.getMessage()));
    } catch (IOException e) {
      throw new UnusableTarget(
          "target %s: guest memory cannot be shared with it: %s".formatted(name, e.getMessage()));
    }
  }
}
