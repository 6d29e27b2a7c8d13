"""Questions answered from a news archive, always by quoting it.

from qa import Archive, Retriever, ask

archive = Archive.open("my-archive")
Retriever(archive).search("who met Milley?", k=5)  # -> list[Hit]
ask(archive, "who met Milley?")  # -> Answer
"""

from index.archive import Archive
from qa.answer import Answer, Evidence, Hit
from qa.answering import ask
from qa.retriever import Retriever

__all__ = ["Answer", "Archive", "Evidence", "Hit", "Retriever", "ask"]
