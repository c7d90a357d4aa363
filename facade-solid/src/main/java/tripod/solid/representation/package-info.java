/**
 * Forms in which a resource comes and goes: media types, RDF syntaxes, validators and ranges.
 *
 * <p>Main types: {@link tripod.solid.representation.RdfReader}, {@link
 * tripod.solid.representation.GraphWriter} and {@link tripod.solid.representation.Accept}. Its
 * rule: what comes from outside is counted before it is parsed (SEC-30 to SEC-33), and nothing here
 * knows HTTP's requests, or who asks.
 *
 * @see <a href="https://solidproject.org/TR/protocol#resource-representations">Solid Protocol:
 *     representations</a>
 */
@NullMarked
package tripod.solid.representation;

import org.jspecify.annotations.NullMarked;
