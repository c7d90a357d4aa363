package tripod.atproto.xrpc;

import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer;
import tripod.identity.route.RateLimiter;
import tripod.identity.token.MailCodes;
import tripod.identity.token.MailTexts;
import tripod.syntax.PodId;

/**
 * Sends codes by mail and uses them up (atproto.md 4.4); so many to one account, whoever asks
 * (SEC-15).
 */
final class Mails {
  private static final Logger LOG = LoggerFactory.getLogger(Mails.class);

  /** Most mails that are on their way while nobody waits for them. */
  private static final int LATER_MAX = 100;

  private static final String OPERATION = "mail-code";

  private final Semaphore later = new Semaphore(LATER_MAX);
  private final Mailer mailer;
  private final MailCodes codes;
  private final MailTexts texts;
  private final RateLimiter limiter;

  Mails(Mailer mailer, MailCodes codes, MailTexts texts, RateLimiter limiter) {
    this.limiter = limiter;
    this.mailer = mailer;
    this.codes = codes;
    this.texts = texts;
  }

  /**
   * Sends a code to the account's own address.
   *
   * @throws IdentityFailure.RateLimited if it was sent enough of them
   */
  void send(Account account, MailCodes.Purpose purpose) {
    RateLimiter.Decision decision = count(account);
    if (!decision.allowed()) {
      throw new IdentityFailure.RateLimited(decision.reset());
    }
    deliver(account, purpose);
  }

  private RateLimiter.Decision count(Account account) {
    return limiter.take(OPERATION, account.did().value(), RateLimiter.mailCodes(), 1);
  }

  private void deliver(Account account, MailCodes.Purpose purpose) {
    String to = address(account);
    mailer.send(texts.code(account, to, purpose, codes.create(account.pod(), purpose)));
  }

  /**
   * Sends a code without making the asker wait, who must not learn in that way whether there is
   * such an account (SEC-51), nor by a refusal when it was sent enough of them.
   */
  void sendLater(Account account, MailCodes.Purpose purpose) {
    if (!count(account).allowed()) {
      LOG.info("{} was sent enough codes for now; one was not sent", account.did());
      return;
    }
    if (!later.tryAcquire()) {
      LOG.warn("more than {} mails wait; one was dropped", LATER_MAX);
      return;
    }
    Thread.ofVirtual()
        .name("mail")
        .start(
            () -> {
              try {
                deliver(account, purpose);
              } catch (RuntimeException e) {
                LOG.warn("a mail was not sent: {}", e.getMessage());
              } finally {
                later.release();
              }
            });
  }

  /** Sends what an operator wrote. */
  void send(Account account, String subject, String content) {
    mailer.send(texts.fromOperator(account, address(account), subject, content));
  }

  private static String address(Account account) {
    return account
        .email()
        .orElseThrow(() -> XrpcFailure.invalid("account does not have an email address"));
  }

  void use(PodId pod, MailCodes.Purpose purpose, String code) {
    codes.use(pod, purpose, code);
  }

  /** Insists on a code that was sent, and leaves it as it is. */
  void requireKnown(MailCodes.Purpose purpose, String code) {
    codes.whose(purpose, code);
  }

  PodId use(MailCodes.Purpose purpose, String code) {
    return codes.use(purpose, code);
  }
}
