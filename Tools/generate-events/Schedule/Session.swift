/// A stretch of work of one instance: calls that follow one another.
struct Session {
  private static let shortest = 6
  private static let longest = 192
  private static let identityDigits = 8

  let instance: Instance
  /// The columns that all of its events begin with, as JSON text.
  let columns: [UInt8]
  /// The beginning of its events' identities.
  let identity: [UInt8]
  private(set) var position = 0
  private let length: Int

  /// Plans the session number `serial` of the workload.
  ///
  /// The first sessions of all instances are short, so that even a small workload shows many.
  init(serial: Int, of instance: Instance, options: WorkloadOptions, random: inout RandomNumbers) {
    let doublings = min(serial / options.instances, 5)
    let most = min(Self.shortest << doublings, Self.longest)
    length = random.number(in: most / 2...most)
    self.instance = instance

    let digits = (
      RandomNumbers.mixed(options.seed &+ UInt64(serial) << 32),
      RandomNumbers.mixed(~options.seed &- UInt64(serial))
    )
    var session: [UInt8] = []
    session.append(uuid: digits)
    columns =
      Array(#"{"instance_id":"\#(instance.id)","session_id":""#.utf8)
      + session + Array(#"","#.utf8)
    identity =
      Array(#","event_uid":"\#(instance.role.agent):"#.utf8)
      + session.prefix(Self.identityDigits) + [UInt8(ascii: ":")]
  }

  var isFirst: Bool { position == 0 }
  var isLast: Bool { position == length - 1 }
  var isOver: Bool { position == length }

  mutating func advance() {
    position += 1
  }
}

extension [UInt8] {
  /// Appends 128 bits in the shape of a random UUID.
  fileprivate mutating func append(uuid digits: (UInt64, UInt64)) {
    append(hex: digits.0 >> 32, digits: 8)
    append(UInt8(ascii: "-"))
    append(hex: digits.0 >> 16, digits: 4)
    append("-4")
    append(hex: digits.0, digits: 3)
    append("-a")
    append(hex: digits.1 >> 48, digits: 3)
    append(UInt8(ascii: "-"))
    append(hex: digits.1, digits: 12)
  }
}
