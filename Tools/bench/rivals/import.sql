-- sqlite3's own import: lines into a table of text, and from there with its JSON functions.
.read 'SETUP'
CREATE TEMP TABLE raw (line TEXT);
.mode ascii
.separator "\037" "\n"
.import --schema temp 'EVENTS' raw
BEGIN IMMEDIATE;
INSERT INTO instances (id, created_at, last_activity, status_changed_at, event_count)
  SELECT json_extract(line, '$.instance_id'), 0, 0, 0, COUNT(*) FROM raw GROUP BY 1;
INSERT INTO mcp_events (
  id, instance_id, tool_name, success, error_message, metadata, git_commit_hash, status_change,
  is_status_updating, timestamp, outcome, duration_us, server_name, tool_kind, session_id, call_id,
  parent_call_id, received_at, event_uid, instance_seq
)
SELECT
  rowid, json_extract(line, '$.instance_id'), json_extract(line, '$.tool_name'),
  json_extract(line, '$.success'), json_extract(line, '$.error_message'),
  json_extract(line, '$.metadata'), json_extract(line, '$.git_commit_hash'),
  json_extract(line, '$.status_change'), COALESCE(json_extract(line, '$.is_status_updating'), 0),
  unixepoch(json_extract(line, '$.timestamp')) * 1000
    + CAST(substr(json_extract(line, '$.timestamp'), 21, 3) AS INTEGER),
  COALESCE(
    json_extract(line, '$.outcome'),
    CASE json_extract(line, '$.success') WHEN 1 THEN 'ok' ELSE 'error' END
  ),
  json_extract(line, '$.duration_us'), json_extract(line, '$.server_name'),
  json_extract(line, '$.tool_kind'), json_extract(line, '$.session_id'),
  json_extract(line, '$.call_id'), json_extract(line, '$.parent_call_id'), unixepoch() * 1000,
  json_extract(line, '$.event_uid'), rowid
FROM raw;
COMMIT;
