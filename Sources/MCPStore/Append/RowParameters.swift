internal import GRDB
internal import MCPEvents

/// The parameters of a statement that stores events.
///
/// Half of the values of an event are the same in most events: NULL, the outcome, when it was read.
/// A parameter that has the value already, from the rows before, is not bound again.
struct RowParameters {
  private let statement: PreparedStatement
  /// What each parameter is bound to, as far as that is worth comparing.
  private var bound: [Bound]
  private var index = 0

  private struct Bound: Equatable {
    enum Kind { case null, number, word, other }

    var kind: Kind
    var bits: UInt

    static let null = Self(kind: .null, bits: 0)
    static let other = Self(kind: .other, bits: 0)
  }

  /// Takes a statement with `count` parameters that are all NULL.
  init(_ statement: PreparedStatement, _ count: Int) {
    self.statement = statement
    bound = Array(repeating: .null, count: count)
  }

  /// Runs the statement for as many rows as it has parameters for.
  mutating func run(_ rows: ArraySlice<EventRow>, _ bytes: Span<UInt8>) throws(DatabaseError) {
    index = 0
    for row in rows { bind(row, bytes) }
    do throws(DatabaseError) {
      _ = try statement.step()
    } catch {
      end()
      throw error
    }
    statement.rewind()
  }

  /// Lets go of the bytes; all parameters are NULL again.
  mutating func end() {
    statement.reset()
    for index in bound.indices { bound[index] = .null }
  }

  /// Binds the columns of an event to the next parameters.
  private mutating func bind(_ row: EventRow, _ bytes: Span<UInt8>) {
    bind(row.id)
    bind(row.instanceID, bytes)
    bind(row.toolName, bytes)
    bind(row.outcome.isSuccess ? 1 : 0)
    bind(row.errorMessage, bytes)
    bind(row.metadata, bytes)
    bind(row.gitCommitHash, bytes)
    bind(row.statusChange, bytes)
    bind(row.isStatusUpdating ? 1 : 0)
    bind(row.timestamp.milliseconds)
    bind(row.outcome.word)
    bind(row.duration)
    bind(row.serverName, bytes)
    bind(row.toolKind?.word)
    bind(row.sessionID, bytes)
    bind(row.callID, bytes)
    bind(row.parentCallID, bytes)
    bind(row.sourceFormat, bytes)
    bind(row.receivedAt.milliseconds)
    bind(row.extra, bytes)
    bind(row.eventUID, bytes)
    bind(row.instanceSequence)
    bind(row.supersedes)
  }

  /// Whether the next parameter has to be bound to a value.
  @inline(__always)
  private mutating func becomes(_ value: Bound) -> Bool {
    defer { index += 1 }
    guard bound[index] != value else { return false }
    bound[index] = value
    return true
  }

  @inline(__always)
  private mutating func bind(_ number: Int64?) {
    guard let number else { return bindNull() }
    guard becomes(Bound(kind: .number, bits: UInt(bitPattern: Int(number)))) else { return }
    statement.bind(number, at: Int32(truncatingIfNeeded: index))
  }

  @inline(__always)
  private mutating func bind(_ word: StaticString?) {
    guard let word else { return bindNull() }
    let bits = PreparedStatement.identity(of: word)
    guard becomes(Bound(kind: .word, bits: bits)) else { return }
    statement.bind(word: word, at: Int32(truncatingIfNeeded: index))
  }

  @inline(__always)
  private mutating func bind(_ text: TextSlice, _ bytes: Span<UInt8>) {
    guard !text.isNone else { return bindNull() }
    _ = becomes(.other)
    statement.bind(bytes.extracting(text.range), at: Int32(truncatingIfNeeded: index))
  }

  @inline(__always)
  private mutating func bindNull() {
    guard becomes(.null) else { return }
    statement.bindNull(at: Int32(truncatingIfNeeded: index))
  }
}
