/// A failure of a program that otherwise ends with another program's status.
package protocol OwnFailure: Error {
  /// What it ends with.
  var ownStatus: Int32 { get }
}
