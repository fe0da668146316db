internal import Crypto
internal import GRDB
internal import GRDBSQLite
