package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin as its author makes it: compiled against the API's jar, dropped into a folder. */
class PluginIT {

  private static final Path API = Path.of("target/mcp-node-api.jar").toAbsolutePath();
  private static final String GREETER =
      """
      package example;

      import io.mcpnode.api.Tool;
      import io.mcpnode.api.ToolArg;

      public class Greeter {
        @Tool(name = "greet", description = "Greets somebody")
        public String greet(@ToolArg(description = "Whom") String who, int times) {
          return ("Hello, " + who + "! ").repeat(times).strip();
        }

        @Tool(name = "fail", description = "Fails")
        public String fail() {
          throw new IllegalStateException("on purpose");
        }
      }
      """;

  private static void jar(Path folder, String name, byte[] classFile) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("example/Greeter.class"));
      jar.write(classFile);
      jar.closeEntry();
    }
  }

  private static byte[] compile(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///example/Greeter.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return GREETER;
          }
        };
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-cp",
            API.toString(),
            "-d",
            folder.toString(),
            "--release",
            "17",
            "-parameters",
            "-proc:none");
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(source)).call();
    assertThat(compiled).as(messages.toString()).isTrue();
    return Files.readAllBytes(folder.resolve("example/Greeter.class"));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aPluginIsOfferedAndBrokenOnesBesideItAreNamedInTheLog(
      @TempDir Path classes, @TempDir Path plugins) throws IOException {
    byte[] classFile = compile(classes);
    jar(plugins, "greeter.jar", classFile);
    Files.write(plugins.resolve("no-jar.jar"), "not a jar".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    half.write(classFile, 0, classFile.length / 2);
    jar(plugins, "half-class.jar", half.toByteArray());

    Vertx vertx = Vertx.vertx();
    try (NodeProcess node =
            NodeCommand.node("plugged")
                .set("plugins.dir", plugins.toString())
                .start()
                .awaitReady();
        McpClient client = new McpClient(vertx, List.of(node.uri()), 4)) {
      JsonObject arguments = new JsonObject().put("who", "world").put("times", 2);
      McpReply modern = client.callModern("greet", arguments).await();
      assertThat(text(modern)).isEqualTo("Hello, world! Hello, world!");
      String session = client.open().await().session();
      assertThat(text(client.call(session, "greet", arguments).await()))
          .isEqualTo("Hello, world! Hello, world!");
      McpReply failed = client.call(session, "fail", new JsonObject()).await();
      assertThat(failed.result().getBoolean("isError")).isTrue();
      assertThat(text(client.call(session, "echo", new JsonObject().put("message", "x")).await()))
          .isEqualTo("x");
      assertThat(node.log()).anyMatch(line -> line.contains("no-jar.jar"));
      assertThat(node.log()).anyMatch(line -> line.contains("half-class.jar"));
    } finally {
      vertx.close().await();
    }
  }

  private static String text(McpReply reply) {
    assertThat(reply.isResult()).as(reply.toString()).isTrue();
    return reply.result().getJsonArray("content").getJsonObject(0).getString("text");
  }
}
