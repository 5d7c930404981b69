"""The first shape of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('ids', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit'))
    )
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('cases',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('opened_from', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('other_references', sa.JSON(), nullable=False),
    sa.Column('children', sa.JSON(), nullable=False),
    sa.Column('review_from', sa.Date(), nullable=True),
    sa.Column('review_to', sa.Date(), nullable=True),
    sa.Column('incident_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('referred_on', sa.Date(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_cases')),
    sa.UniqueConstraint('opened_from', name=op.f('uq_cases_opened_from'))
    )
    op.create_table('counters',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('originals',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_originals'))
    )
    op.create_table('tasks',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('about_id', sa.Text(), nullable=False),
    sa.Column('case_reference', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('command', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('key', name=op.f('uq_tasks_key'))
    )
    op.create_index(op.f('ix_tasks_about_about_id'), 'tasks', ['about', 'about_id'], unique=False)
    op.create_table('editions',
    sa.Column('case_reference', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('built_on', sa.Date(), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('up_to_date', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_reference'], ['cases.reference'], name=op.f('fk_editions_case_reference')),
    sa.PrimaryKeyConstraint('case_reference', 'number', name=op.f('pk_editions'))
    )
    op.create_table('requests',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('case_reference', sa.Text(), nullable=False),
    sa.Column('agency_id', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('requested_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('extensions', sa.JSON(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('token', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_reference'], ['cases.reference'], name=op.f('fk_requests_case_reference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    sa.UniqueConstraint('token', name=op.f('uq_requests_token'))
    )
    op.create_index(op.f('ix_requests_case_reference'), 'requests', ['case_reference'], unique=False)
    op.create_table('submissions',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('message', sa.JSON(), nullable=True),
    sa.Column('folder_hint', sa.JSON(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['originals.sha256'], name=op.f('fk_submissions_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submissions')),
    sa.UniqueConstraint('source', 'key', name=op.f('uq_submissions_source_key'))
    )
    op.create_index(op.f('ix_submissions_message_id'), 'submissions', ['message_id'], unique=False)
    op.create_index(op.f('ix_submissions_received_at'), 'submissions', ['received_at'], unique=False)
    op.create_index(op.f('ix_submissions_sha256'), 'submissions', ['sha256'], unique=False)
    op.create_index(op.f('ix_submissions_state'), 'submissions', ['state'], unique=False)
    op.create_table('documents',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('submission_id', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['originals.sha256'], name=op.f('fk_documents_sha256')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_documents_submission_id')),
    sa.Column('role', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents'))
    )
    op.create_index(op.f('ix_documents_sha256'), 'documents', ['sha256'], unique=False)
    op.create_index(op.f('ix_documents_submission_id'), 'documents', ['submission_id'], unique=False)
    op.create_table('readings',
    sa.Column('document_id', sa.Text(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_readings_document_id')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_readings'))
    )
    op.create_table('letters',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('case_reference', sa.Text(), nullable=True),
    sa.Column('agency_id', sa.Text(), nullable=True),
    sa.Column('request_id', sa.Text(), nullable=True),
    sa.Column('submission_id', sa.Text(), nullable=True),
    sa.Column('to', sa.JSON(), nullable=False),
    sa.Column('copy_to', sa.JSON(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body_text', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('in_reply_to', sa.Text(), nullable=False),
    sa.Column('attachments', sa.JSON(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_reference'], ['cases.reference'], name=op.f('fk_letters_case_reference')),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_letters_request_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_letters_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('key', name=op.f('uq_letters_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letters_message_id'))
    )
    op.create_index(op.f('ix_letters_case_reference'), 'letters', ['case_reference'], unique=False)
    op.create_index(op.f('ix_letters_state'), 'letters', ['state'], unique=False)
    op.create_index(op.f('ix_letters_submission_id'), 'letters', ['submission_id'], unique=False)
    op.create_table('returns',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Text(), nullable=False),
    sa.Column('submission_id', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('case_reference', sa.Text(), nullable=True),
    sa.Column('agency_id', sa.Text(), nullable=True),
    sa.Column('request_id', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('supersedes', sa.Text(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('signals', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['case_reference'], ['cases.reference'], name=op.f('fk_returns_case_reference')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_returns_document_id')),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_returns_request_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_returns_submission_id')),
    sa.ForeignKeyConstraint(['supersedes'], ['returns.id'], name=op.f('fk_returns_supersedes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_returns')),
    sa.UniqueConstraint('case_reference', 'agency_id', 'form', 'version', name=op.f('uq_returns_case_reference_agency_id_form_version')),
    sa.UniqueConstraint('submission_id', 'document_id', 'form', 'position', name=op.f('uq_returns_submission_id_document_id_form_position'))
    )
    op.create_index(op.f('ix_returns_request_id'), 'returns', ['request_id'], unique=False)
    op.create_index(op.f('ix_returns_state'), 'returns', ['state'], unique=False)
