package io.nodelifecycle.simulate.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The program a second time, with a fault or without: all its classes are loaded anew, those of the
 * faulty file as they are compiled here.
 */
final class MutatedProgram {
  private static final Path SOURCES = Path.of("src/main/java/io/nodelifecycle");

  private final ClassLoader loader;

  private MutatedProgram(Map<String, ByteArrayOutputStream> mutated) {
    this.loader = new Loader(mutated);
  }

  /** The program as it is. */
  static MutatedProgram unmutated() {
    return new MutatedProgram(Map.of());
  }

  /**
   * The program with a fault.
   *
   * @throws IllegalArgumentException if the fault does not fit the source any more
   */
  static MutatedProgram with(Mutation mutation) {
    return new MutatedProgram(compile(mutation, mutate(mutation)));
  }

  private static String mutate(Mutation mutation) {
    try {
      var source = Files.readString(SOURCES.resolve(mutation.file()));
      var at = source.indexOf(mutation.text());
      if (at < 0 || source.indexOf(mutation.text(), at + 1) >= 0) {
        throw new IllegalArgumentException(
            "stale: the text is to be found once in %s, but is not: %s"
                .formatted(mutation.file(), mutation.text()));
      }
      var rest = source.substring(at + mutation.text().length());
      return source.substring(0, at) + mutation.replacement() + rest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ByteArrayOutputStream> compile(Mutation mutation, String source) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    var options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
    try (var files = new MemoryFiles(compiler.getStandardFileManager(null, null, null))) {
      var units = List.of(new Source(mutation.className(), source));
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new IllegalArgumentException("stale: does not compile: " + messages);
      }
      return files.classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a seed.
   *
   * @return what was wrong, that it crashed included; none if all was well
   */
  List<String> run(long seed) {
    try {
      var judgeType = loader.loadClass(FinalState.Judge.class.getName());
      var oracle = loader.loadClass(Oracle.class.getName()).getDeclaredConstructor();
      oracle.setAccessible(true);
      var result =
          loader
              .loadClass(SeedRun.class.getName())
              .getMethod("run", long.class, judgeType)
              .invoke(null, seed, oracle.newInstance());
      var failures = (List<?>) result.getClass().getMethod("failures").invoke(result);
      return failures.stream().map(Object::toString).toList();
    } catch (InvocationTargetException e) {
      return List.of("crash: " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loads every class of the program itself, and leaves all others to its parent. */
  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> mutated;

    Loader(Map<String, ByteArrayOutputStream> mutated) {
      super(MutatedProgram.class.getClassLoader());
      this.mutated = mutated;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.nodelifecycle.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try {
        var bytes = bytes(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private byte[] bytes(String name) throws IOException, ClassNotFoundException {
      var compiled = mutated.get(name);
      if (compiled != null) {
        return compiled.toByteArray();
      }
      try (var file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        return file.readAllBytes();
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("memory:/" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps compiled classes in memory. */
  private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    MemoryFiles(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:/" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          classes.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
