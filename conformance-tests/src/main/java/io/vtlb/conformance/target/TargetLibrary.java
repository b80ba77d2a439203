package io.vtlb.conformance.target;

import io.vtlb.conformance.library.NativeLibrary;
import io.vtlb.conformance.library.UnusableLibrary;
import io.vtlb.model.target.VirtualTlb;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A native library, called in this process; it is opened once and never unloaded. */
final class TargetLibrary {

  private TargetLibrary() {}

  /**
   * Makes a library's virtual TLBs, for one thread.
   *
   * @param name the target's name on the command line
   * @param file the library
   */
  static Supplier<VirtualTlb> maker(String name, String file) {
    try {
      return NativeLibrary.open(Path.of(file))::fresh;
    } catch (UnusableLibrary | InvalidPathException e) {
      throw new UnusableTarget("target %s: %s".formatted(name, e.getMessage()));
    } catch (IOException e) {
      throw new UnusableTarget(
          "target %s: guest memory cannot be shared with it: %s".formatted(name, e.getMessage()));
    }
  }
}
