// Written by "npm run docs" from examples/ci/github-actions.yml. Not edited by hand.

/** The workflow of a shop on GitHub Actions. */
export const WORKFLOW = `# Copy to .github/workflows/shop.yml of your repository. docs/CI.md says what each part is for and what it needs.
#
# Actions are pinned by the commit that the release behind them stood for; let Dependabot move both together.
name: Shop

on:
  pull_request:
  push:
    branches: [main]

# Nothing, unless a job says what it needs.
permissions: {}

concurrency:
  group: shop-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

env:
  CDK_DISABLE_CLI_TELEMETRY: 'true'

jobs:
  check:
    name: Check the templates
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
      security-events: write # the findings, to code scanning
      id-token: write # the identity of this run, which vouches for the evidence
      attestations: write
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      # With findings this ends with an error and leaves the assembly, which the next steps read.
      - id: synth
        run: npx cdk synth --quiet --no-notices
        continue-on-error: true
      - run: npx commerce-baseline check --format sarif --output check.sarif || test $? -eq 1
      - uses: github/codeql-action/upload-sarif@f443b600d91635bebf5b0d9ebc620189c0d6fba5 # v4.30.8
        # A pull request from a fork may not write there; the summary below has the same findings.
        if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository
        with:
          sarif_file: check.sarif
          category: commerce-baseline
      - run: npx commerce-baseline check --format markdown --output check.md || test $? -eq 1
      - run: cat check.md >> "$GITHUB_STEP_SUMMARY"
      # The gate: what was printed above fails the job here.
      - run: npx commerce-baseline check
      - run: npx commerce-baseline guard
      - run: npx commerce-baseline evidence --out evidence
        if: success() || failure()
      # Who has no key signs as this run of this workflow: docs/EVIDENCE.md says how to verify it.
      - uses: actions/attest-build-provenance@977bb373ede98d70efdf65b84cb5f73e068dcc2a # v3.0.0
        if: (success() || failure()) && github.event_name == 'push'
        with:
          subject-path: evidence/manifest.json
      - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        if: success() || failure()
        with:
          name: evidence
          path: evidence
          if-no-files-found: error
          retention-days: 90

  diff:
    name: Compare with what is deployed
    if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository
    needs: check
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
      id-token: write # to become the role below for an hour
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - uses: aws-actions/configure-aws-credentials@00943011d9042930efac3dcd3a170e4273319bc8 # v5.1.0
        with:
          role-to-assume: \${{ vars.AWS_DIFF_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
      - run: npx cdk diff --all --no-notices

  deploy:
    name: Deploy, once somebody approves
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    needs: [check, diff]
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    # Its reviewers are the approval; the role trusts this environment alone.
    environment: production
    concurrency:
      group: shop-deploy
      cancel-in-progress: false
    permissions:
      contents: read
      id-token: write # to become the role below for an hour
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - uses: aws-actions/configure-aws-credentials@00943011d9042930efac3dcd3a170e4273319bc8 # v5.1.0
        with:
          role-to-assume: \${{ vars.AWS_DEPLOY_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
          role-duration-seconds: 3600
      - run: npx cdk deploy --all --no-notices --require-approval never
`;
