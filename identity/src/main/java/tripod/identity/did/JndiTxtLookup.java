package tripod.identity.did;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks the machine's own name servers, by the JDK's DNS client. */
public final class JndiTxtLookup implements TxtLookup {
  private static final String TIMEOUT_MS = "1500";
  private static final String TRIES = "2";
  private static final int TEXTS_MAX = 50;

  @Override
  @SuppressWarnings({
    "JdkObsolete",
    "BanJNDI"
  }) // JNDI wants a Hashtable; the name is checked before
  public List<String> texts(String name) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
    settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
    List<String> texts = new ArrayList<>();
    try {
      InitialDirContext context = new InitialDirContext(settings);
      try {
        Attribute records = context.getAttributes(name + ".", new String[] {"TXT"}).get("TXT");
        if (records != null) {
          NamingEnumeration<?> values = records.getAll();
          while (values.hasMore() && texts.size() < TEXTS_MAX) {
            texts.add(joined(values.next().toString()));
          }
        }
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      // No such name and no answer look alike here, and both mean that nothing was proved.
      return List.of();
    }
    return texts;
  }

  /** Chunks come in quotation marks with a space between when there are several. */
  private static String joined(String text) {
    if (!text.startsWith("\"")) {
      return text;
    }
    return text.replace("\" \"", "").replace("\"", "");
  }
}
