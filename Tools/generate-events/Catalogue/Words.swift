/// The words of the imagined projects, one a line, as JSON text.
struct Words {
  let folders = lines(
    #"""
    src/
    src/checkout/
    src/checkout/tax/
    src/api/v2/
    src/components/cart/
    lib/payments/
    server/routes/
    server/middleware/
    packages/ui/src/
    tests/unit/
    tests/e2e/
    docs/
    docs/čeština/
    locales/zh-CN/
    scripts/
    migrations/
    """#
  )

  let files = lines(
    #"""
    main.ts
    index.ts
    rounding.ts
    cart.tsx
    invoice.py
    session.go
    README.md
    currency.test.ts
    webhook.py
    router.rs
    účtenka.ts
    订单.py
    pool.go
    package.json
    0042_add_index.sql
    login form.spec.ts
    """#
  )

  let commands = lines(
    #"""
    git status --short
    git diff --stat main...HEAD
    git commit -am \"Round the tax per line, not per invoice\"
    git commit -m \"Oprava zaokrouhlení DPH 🧾\"
    git push -u origin HEAD
    pnpm install --frozen-lockfile
    pnpm lint --max-warnings 0
    rg -n \"TODO|FIXME\" src | head -20
    sed -n '120,180p' src/api/v2/orders.ts
    cargo clippy --all
    go vet ./...
    docker compose ps
    python -m pytest -x -q tests/unit
    npx tsc --noEmit -p tsconfig.build.json
    ls -la dist
    make -j4 check
    """#
  )

  let symbols = lines(
    #"""
    roundHalfEven
    CartSummary
    applyDiscount
    parseInvoice
    SessionPool
    withRetry
    TaxTable
    verifySignature
    formatCurrency
    OrderRepository
    useCheckout
    toCents
    migrateUp
    readManifest
    účtováníDPH
    库存检查
    """#
  )

  let phrases = lines(
    #"""
    export function roundHalfEven(value: number, digits = 2): number {
    const rate = taxTable.find((row) => row.country === country)?.rate ?? 0;
    The failing test expects 19.99 but the total is rounded twice.
    Nejdřív opravím zaokrouhlování, pak přidám test na účtenku s více položkami.
    先检查购物车的折扣逻辑，然后再运行全部测试。
    throw new Error(\"currency mismatch\")
    assert invoice.total == Decimal('120.00')
    All 214 tests passed in 8.41 s ✅
    drwxr-xr-x  4 dev dev  4096 Jan  5 09:12 dist
    Příliš žluťoučký kůň úpěl ďábelské ódy.
    \tif err != nil { return fmt.Errorf(\"open session: %w\", err) }
    warning: unused variable `attempts`
    Done 🎉 two files changed, one migration added.
    SELECT id, total_cents FROM orders WHERE state = 'open' ORDER BY id LIMIT 50;
    see issue 417 — the same bug in the mobile app
    数据库迁移已完成 🚀
    src/checkout/tax/table.ts:41: export const taxTable: TaxRow[] = [
    Test Suites: 38 passed, 38 total
    Compiling webshop v0.4.2 (/work/webshop)
    impl From<ParseError> for ApiError {
    On branch issue-101, nothing to commit, working tree clean
    added 3 packages, removed 1 package, and audited 812 packages in 4s
    + return cents / 100;
    - return Math.round(cents) / 100;
    if (!response.ok) throw new HttpError(response.status);
    func (p *Pool) Acquire(ctx context.Context) (*Session, error) {
    The customer is charged twice when the page is reloaded during payment.
    CREATE INDEX orders_state ON orders (state, created_at);
    HTTP/1.1 200 OK
    id | total_cents | state
    # Rounding rules
    The review asks for a test with three items and a discount of 15 %.
    """#
  )

  private static func lines(_ text: String) -> [[UInt8]] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }
}
