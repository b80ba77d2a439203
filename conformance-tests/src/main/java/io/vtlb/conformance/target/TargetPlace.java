package io.vtlb.conformance.target;

import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The folders and jars in which the command line finds a target of Java that this process has on
 * its class path. Nothing of the target runs.
 */
public final class TargetPlace {

  private TargetPlace() {}

  /**
   * Where the target of a name is: the class of {@code class:NAME}; for {@code service:NAME} every
   * class that is announced and whatever announces them, which a build may keep elsewhere; nothing
   * for others, or where it cannot be told.
   *
   * @param classPath where the target is looked for first
   */
  public static List<Path> of(String name, List<Path> classPath) {
    ClassLoader loader = TargetClass.loader(classPath);
    if (name.startsWith(Targets.CLASS)) {
      return ofClass(name.substring(Targets.CLASS.length()), loader).stream().toList();
    }
    return name.startsWith(Targets.SERVICE) ? ofServices(loader) : List.of();
  }

  /** Where a class was loaded from; nothing for one that is part of Java. */
  public static Optional<Path> of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> ofClass(String className, ClassLoader loader) {
    try {
      return of(Class.forName(className, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static List<Path> ofServices(ClassLoader loader) {
    List<Path> places = new ArrayList<>();
    for (Class<? extends Target> service :
        List.of(Target.class, VirtualTlb.class, GuestMachine.class)) {
      announcers("META-INF/services/" + service.getName(), loader).forEach(places::add);
      try {
        ServiceLoader.load(service, loader).stream()
            .forEach(provider -> of(provider.type()).ifPresent(places::add));
      } catch (ServiceConfigurationError e) {
        // Another announcement is wrong; what was found until then is better than nothing.
      }
    }
    return places.stream().distinct().toList();
  }

  /** The folders that have a resource. A jar that has one has the classes, too. */
  private static Stream<Path> announcers(String resource, ClassLoader loader) {
    int depth = Path.of(resource).getNameCount();
    return loader
        .resources(resource)
        .filter(found -> found.getProtocol().equals("file"))
        .map(found -> Path.of(URI.create(found.toString())))
        .map(file -> file.getRoot().resolve(file.subpath(0, file.getNameCount() - depth)));
  }
}
