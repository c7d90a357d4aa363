/** The alphabet that all rooms share: identifiers as value types, and nothing else. */
module tripod.syntax {
  exports tripod.syntax;
}
