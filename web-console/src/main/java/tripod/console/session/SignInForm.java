package tripod.console.session;

import java.util.Optional;

/**
 * The sign-in form.
 *
 * @param name as typed before
 * @param next where to go then
 * @param error what was wrong
 * @param token form token
 * @param openSignUp whether everybody may make an account here
 */
record SignInForm(
    String name, String next, Optional<String> error, String token, boolean openSignUp) {}
