internal import MCPEvents

extension NewGitHubIssue {
  /// Reads issues as `gh issue list --json …` or GitHub's API prints them.
  ///
  /// Members that are missing leave what is stored as it was; those that are null clear it. Pull
  /// requests, which the API lists among the issues, are left out.
  ///
  /// - Parameters:
  ///   - bytes: A JSON array of issues, one issue, or an issue a line.
  ///   - repository: The repository of issues without a url, as owner/name.
  /// - Returns: The issues, in their order.
  /// - Throws: A ``StoreError`` with the reason ``StoreError/Reason/invalid`` that says which issue
  ///   is wrong.
  public static func list(
    gitHubJSON bytes: [UInt8],
    repository: String? = nil
  ) throws(StoreError) -> [Self] {
    do throws(LineRejection) {
      return try GitHubIssueReader(repository: repository).issues(bytes)
    } catch {
      throw .wrapping(.updateFailed, "read GitHub issues", error)
    }
  }
}

/// Turns GitHub's JSON into issues.
private struct GitHubIssueReader {
  let repository: String?

  func issues(_ bytes: [UInt8]) throws(LineRejection) -> [NewGitHubIssue] {
    var documents: [JSONDocument] = []
    if let document = try? JSONDocument(bytes.span) {
      documents = [document]
    } else {
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let line = Array(line)
        guard !line.allSatisfy({ $0 <= 0x20 }) else { continue }
        do throws(JSONError) { documents.append(try JSONDocument(line.span)) } catch {
          throw LineRejection(error, in: line.span)
        }
      }
    }
    var issues: [NewGitHubIssue] = []
    for document in documents {
      let root = document.root
      let values = root.isObject ? [root] : Array(root.elements)
      guard root.isObject || root.kind == .array else {
        throw LineRejection(.wrongType, "an issue must be an object, or an array of them")
      }
      for value in values where value["pull_request"] == nil {
        issues.append(try issue(value, place: "issue \(issues.count + 1)"))
      }
    }
    return issues
  }

  private func issue(_ json: JSONValue, place: String) throws(LineRejection) -> NewGitHubIssue {
    guard let number = json["number"]?.integer else {
      throw LineRejection(.missingField, "\(place) has no 'number'")
    }
    let (owner, name) = try repository(of: json, "\(place) (number \(number))")
    var issue = NewGitHubIssue(number: Int(number), repositoryOwner: owner, repositoryName: name)
    issue.title = json["title"]?.string
    issue.state = json["state"]?.string?.lowercased()
    take(json["body"], &issue, .body) { $0.string }
    take(json["assignee"] ?? json["assignees"], &issue, .assignee, Self.login)
    if let labels = json["labels"] {
      let names = try Self.labels(labels, place)
      take(labels, &issue, .labels) { _ in names }
    }
    issue.createdAt = try time(json, ["createdAt", "created_at"], place)
    issue.updatedAt = try time(json, ["updatedAt", "updated_at"], place)
    return issue
  }

  /// Sets a column that is there, and clears one that is there and empty.
  private func take(
    _ json: JSONValue?,
    _ issue: inout NewGitHubIssue,
    _ field: NewGitHubIssue.Field,
    _ text: (JSONValue) -> String?
  ) {
    guard let json else { return }
    guard let text = text(json) else {
      issue.clearing.insert(field)
      return
    }
    switch field {
    case .body: issue.body = text
    case .assignee: issue.assignee = text
    case .labels: issue.labels = text
    }
  }

  /// The first one who works on it, from one user or a list of them.
  private static func login(_ json: JSONValue) -> String? {
    if let text = json.string { return text }
    let user = json.kind == .array ? json.elements.first { _ in true } : json
    return user?["login"]?.string ?? user?.string
  }

  /// The names, as a JSON array; the guide's own records have such an array in a string.
  private static func labels(
    _ json: JSONValue,
    _ place: String
  ) throws(LineRejection) -> String? {
    if json.isNull { return nil }
    let embedded = json.string.flatMap { try? JSONDocument(Array($0.utf8).span) }
    let json = embedded?.root ?? json
    guard json.kind == .array else {
      throw LineRejection(.wrongType, "\(place): 'labels' is no array")
    }
    let names = json.elements.compactMap { $0["name"]?.string ?? $0.string }
    return "[" + names.map(JSONText.quoted).joined(separator: ",") + "]"
  }

  private func time(
    _ json: JSONValue,
    _ keys: [String],
    _ place: String
  ) throws(LineRejection) -> UnixTime? {
    for key in keys {
      guard let text = json[key]?.string else { continue }
      guard let time = UnixTime(rfc3339: Array(text.utf8).span) else {
        throw LineRejection(.invalidValue, "\(place): '\(key)' is no RFC 3339 time")
      }
      return time
    }
    return nil
  }

  // MARK: The repository

  private func repository(
    of json: JSONValue,
    _ place: String
  ) throws(LineRejection) -> (owner: String, name: String) {
    let addresses = ["url", "html_url", "repository_url"].compactMap { json[$0]?.string }
    for address in addresses {
      if let parts = Self.parts(ofAddress: address) { return parts }
    }
    if let owner = json["repo_owner"]?.string, let name = json["repo_name"]?.string {
      return (owner, name)
    }
    let parts = (repository ?? "").split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw LineRejection(
        .missingField,
        "\(place) has no 'url' that names its repository: say which with --repo owner/name"
      )
    }
    return (String(parts[0]), String(parts[1]))
  }

  /// The owner and name in `https://github.com/owner/name/issues/1`, or in
  /// `https://api.github.com/repos/owner/name/issues/1`.
  private static func parts(ofAddress address: String) -> (String, String)? {
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return nil }
    var parts = address.split(separator: "/").dropFirst(2)
    if let api = parts.firstIndex(of: "repos") { parts = parts[(api + 1)...] }
    guard parts.count >= 2, let owner = parts.first, let name = parts.dropFirst().first
    else { return nil }
    return (String(owner), String(name))
  }
}
