internal import MCPEvents

extension JSONValue {
  /// The text of the member `key`, if it is a string that is not empty.
  func text(_ key: String) -> String? {
    guard let text = self[key]?.string, !text.isEmpty else { return nil }
    return text
  }

  /// The whole number of the member `key`.
  func integer(_ key: String) -> Int64? { self[key]?.integer }

  /// The member `key`, if it is an object.
  func object(_ key: String) -> JSONValue? {
    guard let value = self[key], value.isObject else { return nil }
    return value
  }

  /// The member `key`, unless it is `null`.
  func present(_ key: String) -> JSONValue? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }

  /// The member `key` in milliseconds, as microseconds.
  func milliseconds(_ key: String) -> Int64? {
    guard let number = self[key]?.double, number >= 0, number < 1e15 else { return nil }
    return Int64((number * 1000).rounded())
  }

  /// A duration of the form `{"secs":1,"nanos":500000000}`, in microseconds.
  var secondsAndNanoseconds: Int64? {
    guard let seconds = integer("secs"), (0...1_000_000_000).contains(seconds) else { return nil }
    let nanoseconds = integer("nanos") ?? 0
    guard (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    return seconds * 1_000_000 + (nanoseconds + 500) / 1000
  }
}

extension String {
  /// The whole number after `mark`, if one of the first lines has it.
  func number(after mark: String) -> Int64? {
    for line in prefix(utf8: 2048).split(separator: "\n", maxSplits: 8) {
      guard let start = line.firstRange(ofText: mark) else { continue }
      let digits = line[start...].prefix { $0 == "-" || $0.isASCII && $0.isNumber }
      if let number = Int64(digits) { return number }
    }
    return nil
  }

  /// The whole number with which one of the first lines goes on after one of `marks`; lines from
  /// `end` on are the output of some program.
  func headNumber(after marks: [String], until end: String) -> Int64? {
    let head = prefix(utf8: 2048).split(separator: "\n", maxSplits: 8).prefix { $0 != end }
    return head.lazy.compactMap { line in
      marks.first { line.hasPrefix($0) }.flatMap { String(line).number(after: $0) }
    }.first
  }

  /// The whole number after `mark`, if one of the last lines has it.
  func lastNumber(after mark: String) -> Int64? {
    String(decoding: utf8.suffix(512), as: UTF8.self).split(separator: "\n").reversed()
      .lazy.compactMap { String($0).number(after: mark) }.first
  }
}

extension Substring {
  /// The index after the first occurrence of `text`.
  fileprivate func firstRange(ofText text: String) -> Index? {
    let (bytes, wanted) = (utf8, Array(text.utf8))
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let rest = bytes[index...]
      if rest.starts(with: wanted) { return bytes.index(index, offsetBy: wanted.count) }
      index = bytes.index(after: index)
    }
    return nil
  }
}
