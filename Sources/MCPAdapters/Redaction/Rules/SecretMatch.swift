/// A secret in a line.
struct SecretMatch {
  let range: Range<Int>
  let kind: SecretKind
}
