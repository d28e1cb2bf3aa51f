package io.mcpnode;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param cluster join a cluster
 * @param conf the configuration file, null: none
 */
@NullMarked
record CommandLine(Action action, boolean cluster, @Nullable Path conf) {

  enum Action {
    RUN,
    HELP,
    VERSION,
    PRINT_CONFIG
  }

  /** The message is for people; the usage line follows it. */
  static final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static final String USAGE =
      "usage: java -jar mcp-node.jar [-cluster] [-conf FILE] [--help | --version | --print-config]";

  static final String HELP =
      USAGE
          + """


          Serves MCP over HTTP; any node of a cluster serves any request of any session.

            -cluster         join or begin a cluster; without it only the HTTP port is opened
            -conf FILE       settings, YAML or JSON (.json); without it the defaults hold
            --print-config   print the settings in effect, secrets masked, and end
            --version        print the version and end
            --help           print this and end

          Each setting is also an environment variable: http.port is MCP_NODE_HTTP_PORT.
          MCP_NODE_LOG_LEVEL sets how much is logged (INFO). Logs go to standard error.
          SIGTERM and SIGINT drain, then leave; a second one ends at once.

          Exit codes: 0 stopped as asked, 64 bad command line, 78 bad configuration,
          69 a port is taken or the cluster refused this node, 70 a bug.
          """;

  /** The last of several actions counts; options may stand in any order. */
  static CommandLine parse(List<String> args) throws UsageException {
    Action action = Action.RUN;
    boolean cluster = false;
    Path conf = null;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String arg = rest.next();
      String option = arg.startsWith("--") ? arg.substring(1) : arg;
      if (option.equals("-cluster")) {
        cluster = true;
      } else if (option.equals("-conf")) {
        conf = onlyOne(conf, rest.hasNext() ? rest.next() : "");
      } else if (option.startsWith("-conf=")) {
        conf = onlyOne(conf, option.substring("-conf=".length()));
      } else {
        action = action(arg);
      }
    }
    return new CommandLine(action, cluster, conf);
  }

  private static Action action(String arg) throws UsageException {
    return switch (arg) {
      case "--help", "-h" -> Action.HELP;
      case "--version" -> Action.VERSION;
      case "--print-config" -> Action.PRINT_CONFIG;
      default ->
          throw new UsageException(
              "argument: \""
                  + arg
                  + "\" (expected: -cluster, -conf FILE, --help, --version or --print-config)");
    };
  }

  private static Path onlyOne(@Nullable Path before, String file) throws UsageException {
    if (before != null) {
      throw new UsageException("-conf: given twice (expected: once)");
    }
    if (file.isEmpty() || file.startsWith("-")) {
      throw new UsageException("-conf: \"" + file + "\" (expected: a file)");
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException("-conf: \"" + file + "\" (expected: a file)");
    }
  }
}
