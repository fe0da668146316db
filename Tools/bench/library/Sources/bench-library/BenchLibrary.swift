/// Times single operations of the library beside the same done by hand with GRDB.
///
///     bench-library FOLDER COUNT
///
/// It prints one JSON object for each operation, with the medians in seconds.
@main struct BenchLibrary {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let count = Int(arguments[2]), count > 0 else {
      print("usage: bench-library FOLDER COUNT")
      return
    }
    try await LoggingComparison(folder: arguments[1], count: count).run().print()
    try await StreamComparison(folder: arguments[1], count: min(count, 50)).run().print()
    for comparison in try await PageComparison.all(folder: arguments[1], count: count) {
      comparison.print()
    }
  }
}
