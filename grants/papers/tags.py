"""The tags a screen reader follows, kept when papers are merged: each paper's tree becomes a part of one document."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf


def tag_root(pack: "Pdf") -> "Dictionary":
    """An empty tree: one document without parts yet."""
    from pikepdf import Array, Dictionary, Name

    root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array())))
    whole = Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
    root.K = Array([pack.make_indirect(whole)])
    return root


def take_tags(pack: "Pdf", paper: "Pdf", first: int) -> None:
    """For a paper whose pages stand in the pack from `first` on; they were numbered from 0 and now go on from there."""
    from pikepdf import Name

    if "/StructTreeRoot" not in paper.Root:
        return
    root, branch = pack.Root.StructTreeRoot, pack.copy_foreign(paper.Root.StructTreeRoot)
    for element in branch.K:
        element.P, element.S = root.K[0], Name.Part
        rename(element, first)
        root.K[0].K.append(element)
    numbers = branch.ParentTree.Nums
    for place in range(0, len(numbers), 2):
        numbers[place] = int(numbers[place]) + first
    root.ParentTree.Nums.extend(numbers)
    for page in pack.pages[first:]:
        page.obj.StructParents = int(page.obj.StructParents) + first


def rename(element: "Object", first: int) -> None:
    """Cells name the cells that head them; those names are unique within one paper, and must be so in the pack."""
    from pikepdf import Array, Dictionary, String

    if "/ID" in element:
        element.ID = String(f"{first}-{element.ID}")
    if "/A" in element and "/Headers" in element.A:
        element.A.Headers = Array([String(f"{first}-{name}") for name in element.A.Headers])
    for kid in element.get("/K", []):
        if isinstance(kid, Dictionary):
            rename(kid, first)
