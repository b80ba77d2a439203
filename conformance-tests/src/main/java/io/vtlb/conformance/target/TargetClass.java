package io.vtlb.conformance.target;

import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Loads anyone's target class: public, with a public constructor that takes nothing. */
final class TargetClass {

  private TargetClass() {}

  static Supplier<Target> find(String className, List<Path> classPath) {
    Constructor<? extends Target> constructor = constructor(className, load(className, classPath));
    return () -> make(className, constructor);
  }

  /** What a target says about itself, asked once. */
  static Description describe(String name, Supplier<? extends Target> maker) {
    try {
      Target target = maker.get();
      Description description = target.describe();
      if (description == null) {
        throw new UnusableTarget("target " + name + ": describe() returned null");
      }
      requireFittingLevel(name, target, description);
      return description;
    } catch (UnusableTarget e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      throw new UnusableTarget("target " + name + ": describe() failed with " + e);
    }
  }

  private static void requireFittingLevel(String name, Target target, Description description) {
    boolean hidden = description.level() == ObservationLevel.GUEST_VISIBLE;
    boolean machine = target instanceof GuestMachine;
    if (hidden != machine) {
      throw new UnusableTarget(
          "target %s: a GuestMachine declares level 1 and a VirtualTlb level 2 or 3; this one declares %d"
              .formatted(name, description.level().number()));
    }
  }

  private static Class<?> load(String className, List<Path> classPath) {
    ClassLoader loader = loader(classPath);
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new UnusableTarget(
          "target class %s cannot be loaded (%s); name its package too, and give --classpath the folder or jar that it is in"
              .formatted(className, e));
    } catch (ExceptionInInitializerError e) {
      throw new UnusableTarget(
          "target class %s: its static initialiser failed with %s"
              .formatted(className, e.getCause()));
    } catch (LinkageError e) {
      throw new UnusableTarget("target class %s cannot be loaded: %s".formatted(className, e));
    }
  }

  /** Finds classes in jars and folders, and what the kit itself sees. */
  static ClassLoader loader(List<Path> classPath) {
    for (Path entry : classPath) {
      if (!Files.exists(entry)) {
        throw new UnusableTarget("--classpath: there is no file or folder " + entry);
      }
    }
    URL[] urls = classPath.stream().map(TargetClass::url).toArray(URL[]::new);
    // Never closed: classes may be loaded from it until the process ends.
    return new URLClassLoader(urls, TargetClass.class.getClassLoader());
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UnusableTarget("--classpath: " + entry + " cannot be used: " + e.getMessage());
    }
  }

  private static Constructor<? extends Target> constructor(String className, Class<?> type) {
    if (!Target.class.isAssignableFrom(type)) {
      throw new UnusableTarget(
          "target class %s implements neither io.vtlb.model.target.VirtualTlb nor GuestMachine"
              .formatted(className));
    }
    try {
      return type.asSubclass(Target.class).getConstructor();
    } catch (NoSuchMethodException e) {
      throw new UnusableTarget(
          "target class %s needs a public constructor without parameters".formatted(className));
    }
  }

  private static Target make(String className, Constructor<? extends Target> constructor) {
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new UnusableTarget(
          "target class %s: its constructor failed with %s".formatted(className, e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new UnusableTarget(
          "target class %s cannot be made: is it public and not abstract? (%s)"
              .formatted(className, e));
    }
  }
}
