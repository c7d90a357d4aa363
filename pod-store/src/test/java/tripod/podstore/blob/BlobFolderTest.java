package tripod.podstore.blob;

/** The contract on a folder. */
class BlobFolderTest extends BlobStoreContract {
  @Override
  protected BlobStore open() throws Exception {
    return new BlobFolder(data);
  }
}
