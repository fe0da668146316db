internal import MCPEvents

/// Finds the paths that a call touches, in its arguments.
enum TouchedPaths {
  private static let limit = 256
  private static let lengthLimit = 4096
  private static let keys: Set<String> = [
    "file_path", "filePath", "filepath", "path", "paths", "file", "files", "filename", "fileName",
    "notebook_path", "absolute_path", "relative_path", "dir_path", "directory", "source",
    "destination", "old_path", "new_path", "target_file", "file_paths", "targetFile", "cwd_path",
  ]
  private static let patchKeys: Set<String> = ["patch", "input", "patchText"]

  /// The paths among the members of `arguments`, each once.
  static func paths(in arguments: JSONValue?) -> [String] {
    var found: [String] = []
    guard let arguments else { return found }
    if let text = arguments.string { add(patch: text, to: &found) }
    for (key, value) in arguments.pairs where found.count < limit {
      if keys.contains(key) { add(value, to: &found) }
      if patchKeys.contains(key), let text = value.string { add(patch: text, to: &found) }
      if key == "edits" || key == "changes" { add(objects: value, to: &found) }
    }
    return found
  }

  /// The paths of Codex' file changes: a list of objects, or an object whose keys are the paths.
  static func paths(ofChanges changes: JSONValue?) -> [String] {
    var found: [String] = []
    guard let changes else { return found }
    if changes.isObject {
      for (path, _) in changes.pairs where found.count < limit { add(path, to: &found) }
    } else {
      add(objects: changes, to: &found)
    }
    return found
  }

  private static func add(_ value: JSONValue, to found: inout [String]) {
    if let text = value.string { add(text, to: &found) }
    for element in value.elements where found.count < limit {
      if let text = element.string { add(text, to: &found) }
      if element.isObject { add(object: element, to: &found) }
    }
  }

  private static func add(objects: JSONValue, to found: inout [String]) {
    for element in objects.elements where found.count < limit { add(object: element, to: &found) }
  }

  private static func add(object: JSONValue, to found: inout [String]) {
    for (key, value) in object.pairs where keys.contains(key) {
      if let text = value.string { add(text, to: &found) }
    }
  }

  private static func add(_ text: String, to found: inout [String]) {
    let path = text.hasPrefix("file://") ? String(text.dropFirst(7)) : text
    guard !path.isEmpty, path.utf8.count <= lengthLimit, !path.contains("://"),
      found.count < limit, !path.utf8.contains(where: { $0 < 0x20 }), !found.contains(path)
    else { return }
    found.append(path)
  }

  /// The files that a patch in Codex' format names.
  private static func add(patch: String, to found: inout [String]) {
    guard patch.contains("*** Begin Patch") else { return }
    let marks = ["*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: "]
    for line in patch.split(separator: "\n") where found.count < limit {
      guard let mark = marks.first(where: { line.hasPrefix($0) }) else { continue }
      add(PlainText.trimmed(String(line.dropFirst(mark.count))), to: &found)
    }
  }
}
