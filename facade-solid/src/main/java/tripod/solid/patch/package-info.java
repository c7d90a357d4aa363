/**
 * Patches of one graph: N3 Patch, and the part of SPARQL Update that old clients send.
 *
 * <p>Main types: {@link tripod.solid.patch.Patch} and {@link tripod.solid.patch.PatchParser}. Its
 * rule: a patch is read completely before anything is applied, is applied to a set of triples by
 * code of this package, never by a query engine, and knows no HTTP.
 *
 * @see <a href="https://solidproject.org/TR/protocol#n3-patch">Solid Protocol: N3 Patch</a>
 * @see <a href="https://www.w3.org/TR/sparql11-update/">SPARQL 1.1 Update</a>
 */
@NullMarked
package tripod.solid.patch;

import org.jspecify.annotations.NullMarked;
