"""What a platform was told last, such as the commands that Discord lists."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("platform", "name", name="notes_pkey"),
    )


def downgrade() -> None:
    op.drop_table("notes")
