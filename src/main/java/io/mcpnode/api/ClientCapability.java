package io.mcpnode.api;

/** What a client may be able to do for a tool; see {@link ToolContext#supports}. */
public enum ClientCapability {
  /** Shows a form to its user: {@link ElicitRequest#form}. */
  ELICITATION,
  /** Sends its user to a page: {@link ElicitRequest#url}. */
  URL_ELICITATION,
  /** Lets its model write something: {@link SampleRequest}. */
  SAMPLING,
  /** Its model may use tools meanwhile: {@link SampleRequest#withTools}. */
  SAMPLING_TOOLS,
  /** Tells which directories its user works in: {@link ToolContext#roots}. */
  ROOTS
}
