import type { Statements } from '../migrate.ts'

/** Everything that the first release keeps. */
export const firstTables: Statements = [
  `create table installations (
    installation bigint primary key,
    fingerprint_key text not null,
    evaluations bigint not null default 0)`,
  `create table repositories (
    installation bigint not null, repository bigint not null,
    name text not null, named_at timestamptz not null,
    primary key (installation, repository))`,
  `create index repositories_by_name on repositories (installation, lower(name))`,
  `create table pull_requests (
    installation bigint not null, repository bigint not null, number integer not null,
    head text not null, base_branch text not null, is_draft boolean not null,
    primary key (installation, repository, number))`,
  `create index pull_requests_by_head on pull_requests (installation, repository, head)`,
  `create table evaluations (
    installation bigint not null, number bigint not null, repository bigint not null,
    subject text not null, check_name text not null, head text not null, base text,
    trees jsonb not null, policy_digest text not null, policy_epoch text,
    rules_digest text not null, facts_digest text not null, approvals jsonb not null,
    outcome text not null, verdict jsonb not null, previous bigint,
    primary key (installation, repository, subject, check_name, number))`,
  `create index evaluations_by_head on evaluations (installation, repository, head, check_name)`,
  `create table publications (
    installation bigint not null, repository bigint not null, check_name text not null, head text not null,
    evaluation bigint, digest text, check_run bigint, is_completed boolean,
    holder bigint, lease_until timestamptz,
    primary key (installation, repository, check_name, head))`,
  `create table scans (
    installation bigint not null, key text not null, scan jsonb not null, kept_at timestamptz not null,
    primary key (installation, key))`,
  `create table etags (
    installation bigint not null, url text not null, etag text not null, value jsonb not null,
    kept_at timestamptz not null,
    primary key (installation, url))`,
  `create table inspections (
    installation bigint not null, repository bigint not null, branch text not null,
    rules jsonb not null, inspected_at timestamptz not null,
    primary key (installation, repository, branch))`,
  `create table deliveries (
    guid text primary key, sequence bigint not null generated always as identity,
    event text not null, action text, installation bigint, repository text,
    jobs jsonb not null, received_at timestamptz not null, dispatched_at timestamptz)`,
  `create index deliveries_pending on deliveries (sequence) where dispatched_at is null`,
  `create table jobs (
    row bigint generated always as identity primary key,
    installation bigint not null, name text not null, key text not null,
    waiting jsonb, waiting_id text, due timestamptz, failures integer not null default 0,
    crashes integer not null default 0,
    running jsonb, running_id text, running_by text, running_until timestamptz,
    started timestamptz, hold_until timestamptz,
    unique (installation, name, key))`,
  `create index jobs_due on jobs (due) where waiting is not null`,
  // What makes it impossible that two of a key run at the same time, whoever starts them.
  `create unique index jobs_running on jobs (installation, key) where running is not null`,
  `create table dead_jobs (
    id text primary key, installation bigint not null, name text not null, key text not null,
    data jsonb not null, failures integer not null, failure text not null, died_at timestamptz not null)`,
]
