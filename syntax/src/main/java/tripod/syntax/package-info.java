/** The alphabet: identifiers as value types. */
package tripod.syntax;
