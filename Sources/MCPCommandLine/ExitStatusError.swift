/// An error that knows what a program ends with.
package protocol ExitStatusError: Error {
  /// The status.
  var exitStatus: ExitStatus { get }
}
