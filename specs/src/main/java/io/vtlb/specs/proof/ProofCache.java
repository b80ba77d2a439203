package io.vtlb.specs.proof;

import io.vtlb.specs.smt.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Remembers what was proved, by the whole text that the solver was given and the solver's version.
 * What was refuted or left unknown is asked again.
 *
 * <p>A folder that cannot be read or written remembers nothing; that is not an error.
 */
public final class ProofCache {

  private static final String PROVED = "proved ";

  private final Path folder;
  private final String solver;

  /**
   * A cache.
   *
   * @param folder made when something is remembered
   * @param solver the solver's version
   */
  public ProofCache(Path folder, String solver) {
    this.folder = folder;
    this.solver = solver;
  }

  /** The folder for one user: below {@code XDG_CACHE_HOME}, or below {@code .cache}. */
  public static Path usualFolder() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path caches =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(named);
    return caches.resolve("vtlb").resolve("proofs");
  }

  /** The result of a problem that was proved before. */
  public Optional<Result> find(Problem problem) {
    try {
      String known = Files.readString(file(problem)).strip();
      return known.startsWith(PROVED)
          ? Optional.of(
              new Result(
                  problem.theorem(),
                  new Verdict.Proved(),
                  Long.parseLong(known.substring(PROVED.length())),
                  true))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Remembers a result if it is a proof. */
  public void keep(Problem problem, Result result) {
    if (!(result.verdict() instanceof Verdict.Proved)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path whole = Files.createTempFile(folder, "new", "");
      Files.writeString(whole, PROVED + result.millis() + "\n");
      Files.move(whole, file(problem), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // The next run asks again.
    }
  }

  private Path file(Problem problem) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(solver.getBytes(StandardCharsets.UTF_8));
      digest.update(problem.file().getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
