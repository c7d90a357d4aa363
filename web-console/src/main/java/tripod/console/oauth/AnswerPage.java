package tripod.console.oauth;

import java.util.Map;

/**
 * An answer that the browser carries to an app.
 *
 * @param action where a form is posted; empty when the code is only shown
 * @param fields of the form
 * @param code for the person to copy
 */
record AnswerPage(String action, Map<String, String> fields, String code) {}
