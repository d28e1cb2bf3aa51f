package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool that clients can call. Put the class, which needs a constructor without
 * parameters, into a jar and the jar into the node's {@code plugins} directory:
 *
 * <pre>{@code
 * public class Weather {
 *   record Forecast(String city, double celsius) {}
 *
 *   @Tool(description = "Tomorrow's weather", annotations = @Tool.Annotations(readOnlyHint = true))
 *   public Forecast forecast(@ToolArg(description = "Name of the city") String city) {
 *     return new Forecast(city, 21.5);
 *   }
 * }
 * }</pre>
 *
 * <p>One instance serves all calls, many at a time.
 *
 * <p><b>Tasks.</b> With {@link #taskSupport} a call can go on after its first answer: the client
 * gets a task id at once, and asks for the result later, at any node. Nothing else changes for the
 * method:
 *
 * <pre>{@code
 * @Tool(
 *     description = "Renders the film",
 *     taskSupport = Tool.TaskSupport.OPTIONAL,
 *     annotations = @Tool.Annotations(idempotentHint = true))
 * public String render(String title, ToolContext call) throws InterruptedException {
 *   for (int frame = 1; frame <= 100 && !call.isCancelled(); frame++) {
 *     call.progress(frame, 100, "frame " + frame);
 *   }
 *   return title + ".mp4";
 * }
 * }</pre>
 *
 * <p><b>Parameters.</b> A {@link ToolContext} is the call itself; all others are the tool's
 * arguments (see {@link ToolArg}), and the input schema follows from their types: primitives and
 * their boxes, {@code String}, enums, {@code BigInteger}, {@code BigDecimal}, {@code java.time},
 * {@code UUID}, {@code URI}, {@code Optional}, lists, sets, arrays, maps with string keys, records
 * and plain classes of these, and {@code Object} for anything. Numbers arrive as they were sent (a
 * {@code double} or {@code float} is the nearest one), or are refused: for {@code Number} and
 * {@code Object} as a {@code Long}, a {@code BigInteger}, a {@code Double}, or a {@code BigDecimal}
 * where a double would round.
 *
 * <p><b>Result.</b> A {@code String} is a text block, a {@link ContentBlock} is itself, a list of
 * either is several blocks, a {@link ToolResponse} is the whole answer. A record is structured
 * content, and as JSON also a text block. Anything else is a text block with its JSON.
 *
 * <p><b>Threads.</b> A method may block: it runs on a thread of its own. A method that returns a
 * {@code CompletionStage} (or a Vert.x {@code Future}) of one of the above is called on an event
 * loop and must not block.
 *
 * <p><b>Errors.</b> An exception becomes a result with {@code isError} and its message, which the
 * model reads; an {@link McpException} becomes a JSON-RPC error.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {

  /** Stands for the name of the annotated method. */
  String ELEMENT_NAME = "<<element name>>";

  /** Unique on the node; 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  String name() default ELEMENT_NAME;

  /** For people; empty: none. */
  String title() default "";

  /** Tells the model what the tool does and when to use it. */
  String description() default "";

  /** What a client may assume about a call. Only values other than the defaults are sent. */
  Annotations annotations() default @Annotations;

  /**
   * The returned value becomes structured content, and its type the output schema. A value that is
   * not a JSON object is wrapped as {@code {"result": ...}}, since revisions before 2026-07-28
   * allow objects only. Records need no such mark.
   */
  boolean structuredContent() default false;

  /**
   * The type of the structured content, for methods that return a {@link ToolResponse}; each
   * successful response must then have some.
   */
  Class<?> outputSchemaFrom() default Void.class;

  /**
   * A JSON Schema (2020-12) for the arguments, shown to clients to the letter and checked before
   * each call, in place of the derived one. Parameters still get their arguments by name, those not
   * declared are allowed where the schema allows them. Empty: derived from the parameters.
   */
  String inputSchema() default "";

  /**
   * Whether calls run as tasks. A task and its result are kept, with copies on other nodes, for an
   * hour, or as long as the client asks for, up to a day. If the node that runs it dies, it is run
   * again from the start on another one where the hints say that this is harmless; else it fails at
   * once.
   */
  TaskSupport taskSupport() default TaskSupport.FORBIDDEN;

  /**
   * A call that may run as a task begins as any other call, and becomes a task when the method says
   * so, see {@link ToolContext#task}: after it has asked its client what it has to know first. Else
   * it is a task from its beginning. Only for clients of 2026-07-28; those with sessions ask for a
   * task from the beginning.
   */
  boolean taskOnDemand() default false;

  /** Whether calls run as tasks. */
  enum TaskSupport {
    /** Never. */
    FORBIDDEN,
    /**
     * Where the client asks for a task (2025-11-25) or declares that it can have one (2026-07-28).
     */
    OPTIONAL,
    /** Always; a client that knows no tasks gets an error. */
    REQUIRED
  }

  /** Hints, with MCP's defaults. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Annotations {

    /** Used if {@link Tool#title} is empty. */
    String title() default "";

    /** Changes nothing. If the node that runs it dies, the call is made again on another one. */
    boolean readOnlyHint() default false;

    /** May destroy or overwrite something; false: only adds. */
    boolean destructiveHint() default true;

    /**
     * Calling twice with the same arguments has the effect of calling once. If the node that runs
     * it dies, the call is made again on another one.
     */
    boolean idempotentHint() default false;

    /** Deals with the outside world, such as a web search; false: with a closed domain. */
    boolean openWorldHint() default true;
  }
}
