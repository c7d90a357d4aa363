package tripod.console.session;

import java.util.Optional;

/**
 * The sign-in form.
 *
 * @param name as typed before
 * @param next where to go then
 * @param error what was wrong
 * @param token form token
 */
record SignInForm(String name, String next, Optional<String> error, String token) {}
