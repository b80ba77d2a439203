package io.vtlb.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vtlb.conformance.cli.Main;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.specs.claim.Claims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** The modules, with the classes of each as they were compiled, those of tests left out. */
@SuppressWarnings("ImmutableEnumChecker") // JavaClasses is not annotated
enum Module {
  MODEL(Vcpu.class),
  SPECS(Claims.class),
  IMPLEMENTATION(IndexedVirtualTlb.class),
  CONFORMANCE(Main.class);

  private final JavaClasses classes;

  Module(Class<?> witness) {
    classes = read(witness);
  }

  JavaClasses classes() {
    return classes;
  }

  private static JavaClasses read(Class<?> witness) {
    try {
      Path place = Path.of(witness.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return new ClassFileImporter().importPath(place);
      }
      try (JarFile jar = new JarFile(place.toFile())) {
        return new ClassFileImporter().importJar(jar);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
