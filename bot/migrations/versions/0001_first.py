"""Settings of chats and people, answers that buttons refer to, and updates seen."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("when", sa.String(16), nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("decimal_mark", sa.String(8), nullable=False),
        sa.Column("theme", sa.String(8), nullable=False),
        sa.Column("spoiler", sa.Boolean, nullable=False),
        sa.Column("alt_text_in_caption", sa.Boolean, nullable=False),
        sa.Column("private_answers", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("platform", "kind", "id", "channel", name="settings_pkey"),
    )
    op.create_table(
        "answers",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("reply_id", sa.String(64)),
        sa.Column("asker_id", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("theme", sa.String(8), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="answers_pkey"),
    )
    op.create_index("answers_platform_chat_id_request_id", "answers", ["platform", "chat_id", "request_id"])
    op.create_index("answers_platform_chat_id_reply_id", "answers", ["platform", "chat_id", "reply_id"])
    op.create_index("answers_platform_asker_id", "answers", ["platform", "asker_id"])
    op.create_index("answers_created_at", "answers", ["created_at"])
    op.create_table(
        "seen",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("platform", "update_id", name="seen_pkey"),
    )
    op.create_index("seen_seen_at", "seen", ["seen_at"])


def downgrade() -> None:
    op.drop_table("seen")
    op.drop_table("answers")
    op.drop_table("settings")
